import type { Board } from '../../boards/board/board.ts';
import type { MemoryPart, MemoryPlan } from '../program.ts';
import type { NccNetwork } from './ncc-network.ts';

/**
 * First layers with which the SDK's kpu_run_kmodel starts a model; it answers -1 to any other. A float convolution is
 * nncase 0.2's, whose runtime starts any.
 */
const STARTING_LAYERS = ['K210Conv', 'FullyConnected', 'FloatConv2d'];

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
  const ramBytes = parts.slice(1).reduce((sum, part) => sum + part.bytes, 0);
  return { flashBytes, ramBytes, parts: parts.filter((part) => part.bytes > 0) };
}

/** A sentence where the SDK's runtime would not start the network. */
export function startWarnings({ layers }: NccNetwork): string[] {
  const first = layers.find((layer) => layer.type !== 'Input');
  if (!first || STARTING_LAYERS.includes(first.type)) return [];
  return [
    `the first layer is ${first.type}, and the SDK's runtime starts only models whose first layer is K210Conv or ` +
      'FullyConnected; convert with --float-fc, or put a convolution first',
  ];
}
