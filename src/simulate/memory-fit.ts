import type { Board } from '../boards/board/board.ts';
import type { MemoryPlan } from '../deploy/program.ts';
import type { MemoryFit } from './prediction.ts';

function availableBytesOf(board: Board, id: string): number {
  for (const memory of board.memories) if (memory.id === id) return memory.availableBytes.value;
  return 0;
}

/** Whether the parts of a plan that share a memory fit it together, for each memory. */
export function memoryFits({ parts }: MemoryPlan, board: Board): boolean {
  return parts.every(({ memory }) => {
    let usedBytes = 0;
    for (const part of parts) if (part.memory === memory) usedBytes += part.bytes;
    return usedBytes <= availableBytesOf(board, memory);
  });
}

/** Holds a memory plan against the board: parts that share a memory must fit it together. */
export function fitMemory(plan: MemoryPlan, board: Board): MemoryFit {
  const used = new Map<string, number>();
  for (const { memory, bytes } of plan.parts) used.set(memory, (used.get(memory) ?? 0) + bytes);
  const parts = plan.parts.map((part) => {
    const availableBytes = availableBytesOf(board, part.memory);
    return { ...part, availableBytes, fits: used.get(part.memory)! <= availableBytes };
  });
  return {
    fits: memoryFits(plan, board),
    flashBytes: plan.flashBytes,
    ramBytes: plan.ramBytes,
    parts,
  };
}
