import type { Lifetime } from './lifetimes.ts';

/** TFLite Micro aligns every arena buffer to 16 bytes (`MicroArenaBufferAlignment`). */
const ALIGNMENT_BYTES = 16;

/** A buffer with its place; `bytes` are aligned. */
export type PlannedBuffer<Buffer extends Lifetime = Lifetime> = Buffer & { readonly offset: number };

export interface ArenaPlan<Buffer extends Lifetime = Lifetime> {
  readonly arenaBytes: number;
  readonly buffers: readonly PlannedBuffer<Buffer>[];
}

const align = (bytes: number): number => Math.ceil(bytes / ALIGNMENT_BYTES) * ALIGNMENT_BYTES;

const overlaps = (a: Lifetime, b: Lifetime): boolean =>
  a.firstStep <= b.lastStep && b.firstStep <= a.lastStep;

/**
 * TFLite Micro's GreedyMemoryPlanner: buffers by falling size, each at the lowest
 * offset where it does not meet a buffer that is alive at the same step. It fills its list from the tail before its
 * stable sort (greedy_memory_planner.cc), so that of equal sizes the last comes first.
 */
export function planArena<Buffer extends Lifetime>(lifetimes: readonly Buffer[]): ArenaPlan<Buffer> {
  const order = lifetimes
    .map((buffer) => ({ ...buffer, bytes: align(buffer.bytes) }))
    .filter((b) => b.bytes > 0);
  order.reverse().sort((a, b) => b.bytes - a.bytes);
  const placed: PlannedBuffer<Buffer>[] = [];
  for (const buffer of order) {
    const neighbours = placed.filter((other) => overlaps(buffer, other)).sort((a, b) => a.offset - b.offset);
    placed.push({ ...buffer, offset: lowestGap(buffer.bytes, neighbours) });
  }
  return { arenaBytes: placed.reduce((end, b) => Math.max(end, b.offset + b.bytes), 0), buffers: placed };
}

function lowestGap(bytes: number, neighbours: readonly PlannedBuffer[]): number {
  let offset = 0;
  for (const other of neighbours) {
    if (other.offset - offset >= bytes) return offset;
    offset = Math.max(offset, other.offset + other.bytes);
  }
  return offset;
}
