import { placeGreedily, type Placement } from '../../kernels/execute/greedy-placement.ts';
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

/**
 * Buffers whose place the file gives as they come, then the others by falling size, of equal sizes the last first; a
 * buffer of nothing has no place.
 */
function planningOrder(lifetimes: readonly Lifetime[], bytes: readonly number[]): number[] {
  const [given, open]: [number[], number[]] = [[], []];
  for (let buffer = bytes.length - 1; buffer >= 0; buffer--) {
    if (bytes[buffer] > 0) (lifetimes[buffer].givenOffset === undefined ? open : given).push(buffer);
  }
  open.sort((a, b) => bytes[b] - bytes[a]);
  return given.length === 0 ? open : [...given.reverse(), ...open];
}

interface Places extends Placement {
  /** Positions of the buffers, as they are placed. */
  readonly order: readonly number[];
  readonly bytes: readonly number[];
}

/**
 * TFLite Micro's GreedyMemoryPlanner: buffers by falling size. It fills its list from the tail before its stable sort
 * (greedy_memory_planner.cc), so that of equal sizes the last comes first.
 */
function placeBuffers(lifetimes: readonly Lifetime[]): Places {
  const bytes = lifetimes.map((buffer) => align(buffer.bytes));
  const order = planningOrder(lifetimes, bytes);
  const given = lifetimes.map(({ givenOffset }) => givenOffset);
  const { totalBytes, offsets } = placeGreedily({ spans: lifetimes, bytes, order, given });
  return { totalBytes, offsets, order, bytes };
}

/** Bytes that the plan of these buffers takes: `planArena` without the places. */
export function planArenaBytes(lifetimes: readonly Lifetime[]): number {
  return placeBuffers(lifetimes).totalBytes;
}

/** The places of all buffers that hold something, in the order in which TFLite Micro's planner takes them. */
export function planArena<Buffer extends Lifetime>(lifetimes: readonly Buffer[]): ArenaPlan<Buffer> {
  const { totalBytes: arenaBytes, order, bytes, offsets } = placeBuffers(lifetimes);
  const buffers = order.map((buffer) => ({
    ...lifetimes[buffer],
    bytes: bytes[buffer],
    offset: offsets[buffer],
  }));
  return { arenaBytes, buffers };
}
