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

/** Buffers by falling size, of equal sizes the last first; a buffer of nothing has no place. */
function planningOrder(bytes: readonly number[]): number[] {
  const order: number[] = [];
  for (let buffer = bytes.length - 1; buffer >= 0; buffer--) if (bytes[buffer]! > 0) order.push(buffer);
  return order.sort((a, b) => bytes[b]! - bytes[a]!);
}

interface Places {
  readonly arenaBytes: number;
  /** In the order in which buffers are placed: their position in the list, and their offset by that position. */
  readonly order: readonly number[];
  readonly bytes: readonly number[];
  readonly offsets: readonly number[];
}

/**
 * TFLite Micro's GreedyMemoryPlanner: buffers by falling size, each at the lowest
 * offset where it does not meet a buffer that is alive at the same step. It fills its list from the tail before its
 * stable sort (greedy_memory_planner.cc), so that of equal sizes the last comes first.
 */
function placeBuffers(lifetimes: readonly Lifetime[]): Places {
  const bytes = lifetimes.map((buffer) => align(buffer.bytes));
  const order = planningOrder(bytes);
  const offsets: number[] = new Array<number>(bytes.length).fill(0);
  const neighbours: number[] = [];
  let arenaBytes = 0;
  for (let place = 0; place < order.length; place++) {
    const buffer = order[place]!;
    const { firstStep, lastStep } = lifetimes[buffer]!;
    neighbours.length = 0;
    for (let other = 0; other < place; other++) {
      const { firstStep: otherFirst, lastStep: otherLast } = lifetimes[order[other]!]!;
      if (firstStep <= otherLast && otherFirst <= lastStep) neighbours.push(order[other]!);
    }
    neighbours.sort((a, b) => offsets[a]! - offsets[b]!);
    offsets[buffer] = lowestGap(bytes[buffer]!, neighbours, bytes, offsets);
    arenaBytes = Math.max(arenaBytes, offsets[buffer] + bytes[buffer]!);
  }
  return { arenaBytes, order, bytes, offsets };
}

function lowestGap(
  bytes: number,
  neighbours: readonly number[],
  takenBytes: readonly number[],
  offsets: readonly number[],
): number {
  let offset = 0;
  for (const other of neighbours) {
    if (offsets[other]! - offset >= bytes) return offset;
    offset = Math.max(offset, offsets[other]! + takenBytes[other]!);
  }
  return offset;
}

/** Bytes that the plan of these buffers takes: `planArena` without the places. */
export function planArenaBytes(lifetimes: readonly Lifetime[]): number {
  return placeBuffers(lifetimes).arenaBytes;
}

/** The places of all buffers that hold something, in the order in which TFLite Micro's planner takes them. */
export function planArena<Buffer extends Lifetime>(lifetimes: readonly Buffer[]): ArenaPlan<Buffer> {
  const { arenaBytes, order, bytes, offsets } = placeBuffers(lifetimes);
  const buffers = order.map((buffer) => ({
    ...lifetimes[buffer]!,
    bytes: bytes[buffer]!,
    offset: offsets[buffer]!,
  }));
  return { arenaBytes, buffers };
}
