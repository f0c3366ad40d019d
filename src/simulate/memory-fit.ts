import type { Board } from '../boards/board.ts';
import type { MemoryPlan } from '../deploy/program.ts';
import type { MemoryFit } from './prediction.ts';

/** Holds a memory plan against the board: parts that share a memory must fit it together. */
export function fitMemory(plan: MemoryPlan, board: Board): MemoryFit {
  const used = new Map<string, number>();
  for (const { memory, bytes } of plan.parts) used.set(memory, (used.get(memory) ?? 0) + bytes);
  const parts = plan.parts.map((part) => {
    const availableBytes = board.memories.find(({ id }) => id === part.memory)?.availableBytes.value ?? 0;
    return { ...part, availableBytes, fits: used.get(part.memory)! <= availableBytes };
  });
  return {
    fits: parts.every((part) => part.fits),
    flashBytes: plan.flashBytes,
    ramBytes: plan.ramBytes,
    parts,
  };
}
