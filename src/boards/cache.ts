import type { Cache } from './board.ts';

/** One operand as a step walks it: `bytes` touched a pass, `passes` times, from `memory`. */
export interface ResolvedStream {
  readonly operand: 'input' | 'weights' | 'output';
  readonly access: 'read' | 'write';
  readonly memory: string;
  readonly bytes: number;
  readonly passes: number;
}

/** What a step leaves behind: fills that it made (they evict), and how many bytes of output it wrote. */
export interface CacheCarry {
  readonly fills: number;
  readonly outputBytes: number;
}

export interface LineFills {
  readonly fills: Readonly<Record<string, number>>;
  readonly carry: CacheCarry;
}

interface Walk {
  readonly memory: string;
  readonly lines: number;
  readonly passes: number;
  /** Fills between the write of a line by the step before and the end of that step, on average. */
  readonly producedFills: number | undefined;
}

const ROUNDS = 40;

/**
 * Chance that a line is still cached after `fills` other lines were filled. Random replacement: each fill of the
 * line's set evicts it with 1/ways. LRU: it is evicted by the ways-th fill of its set, and fills of contiguous
 * operands spread evenly over the sets.
 */
export function lineSurvival(cache: Cache, fills: number): number {
  const fillsOfSet = (fills * cache.ways * cache.lineBytes) / cache.bytes;
  if (cache.replacement === 'random') return (1 - 1 / cache.ways) ** fillsOfSet;
  return Math.max(0, Math.min(1, cache.ways - fillsOfSet));
}

function describeWalk(stream: ResolvedStream, cache: Cache, before: CacheCarry | undefined): Walk {
  const isProduced = stream.operand === 'input' && before !== undefined && before.outputBytes > 0;
  return {
    memory: stream.memory,
    lines: stream.bytes / cache.lineBytes,
    passes: Math.max(1, stream.passes),
    producedFills: isProduced ? before.fills / 2 : undefined,
  };
}

/** Misses of a walk, if the whole step makes `fills` fills evenly over its run. */
function missesOf({ lines, passes, producedFills }: Walk, cache: Cache, fills: number): number {
  const perPass = fills / passes;
  const first = producedFills === undefined ? 1 : 1 - lineSurvival(cache, producedFills + perPass / 2);
  return lines * (first + (passes - 1) * (1 - lineSurvival(cache, perPass)));
}

/**
 * The number of fills F with F = sum of misses(F): the misses of an operand are themselves fills that evict. Halves
 * the interval between no fill and a miss on every access; misses grow with F, so the smallest root is taken.
 */
function solveFills(walks: readonly Walk[], cache: Cache): number {
  const missesAt = (fills: number) => walks.reduce((sum, walk) => sum + missesOf(walk, cache, fills), 0);
  let fills = missesAt(0);
  for (let round = 0; round < ROUNDS; round++) {
    const next = missesAt(fills);
    if (next - fills < 1e-3 * next) return next;
    fills = next;
  }
  return fills;
}

/**
 * Expected line fills of a step by memory, without an address trace. Each operand is walked `passes` times at an
 * even pace beside the others, so that between two visits of a line 1/passes of all fills of the step happen; the
 * first pass is cold, except for what the step before wrote and has not been evicted. Writes allocate.
 * Not promised: conflicts of particular addresses, and replacement that is neither random nor LRU.
 */
export function estimateLineFills(
  streams: readonly ResolvedStream[],
  cache: Cache,
  before?: CacheCarry,
): LineFills {
  const walks = streams.map((stream) => describeWalk(stream, cache, before));
  const total = solveFills(walks, cache);
  const fills: Record<string, number> = {};
  for (const walk of walks) fills[walk.memory] = (fills[walk.memory] ?? 0) + missesOf(walk, cache, total);
  const outputBytes = streams.reduce((sum, { access, bytes }) => sum + (access === 'write' ? bytes : 0), 0);
  return { fills, carry: { fills: total, outputBytes } };
}
