import type { Board } from '../../boards/board/board.ts';
import type { MemoryPart, MemoryPlan } from '../program.ts';

/** What a kmodel takes, in bytes. */
export interface KmodelBytes {
  readonly flashBytes: number;
  readonly mainBytes: number;
  /** Copy of the Dense weights that the runtime makes. */
  readonly heapBytes: number;
  readonly kpuBytes: number;
}

/** Where a kmodel's bytes lie on a board. */
export function memoryPlan(
  { flashBytes, mainBytes, heapBytes, kpuBytes }: KmodelBytes,
  { runtime }: Board,
): MemoryPlan {
  const { activations, weights, maps, model } = runtime.placement;
  const parts: MemoryPart[] = [
    { name: 'kmodel in flash', memory: model, bytes: flashBytes },
    { name: 'kmodel, loaded', memory: weights, bytes: flashBytes },
    { name: 'main memory of the kmodel', memory: activations, bytes: mainBytes },
    { name: 'copy of the Dense weights on the heap', memory: activations, bytes: heapBytes },
    { name: 'feature maps of the KPU', memory: maps, bytes: kpuBytes },
  ];
  const ramBytes = flashBytes + mainBytes + heapBytes + kpuBytes;
  return { flashBytes, ramBytes, parts: parts.filter((part) => part.bytes > 0) };
}
