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
 * Chance that a line is still cached after `evictors` other lines came. Random replacement: each fill of the line's
 * set evicts it with 1/ways; hits evict nothing, so evictors are fills. LRU: it goes with the ways-th other line
 * touched in its set, hit or not; contiguous operands spread evenly over the sets.
 */
export function lineSurvival(cache: Cache, evictors: number): number {
  const evictorsOfSet = (evictors * cache.ways * cache.lineBytes) / cache.bytes;
  if (cache.replacement === 'random') return (1 - 1 / cache.ways) ** evictorsOfSet;
  return Math.max(0, Math.min(1, cache.ways - evictorsOfSet));
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

/** Misses of a walk, if `evictors` lines come in the whole step, evenly over its run. */
function missesOf({ lines, passes, producedFills }: Walk, cache: Cache, evictors: number): number {
  const perPass = evictors / passes;
  const first = producedFills === undefined ? 1 : 1 - lineSurvival(cache, producedFills + perPass / 2);
  return lines * (first + (passes - 1) * (1 - lineSurvival(cache, perPass)));
}

/** The smallest F with F = sum of misses(F): the misses of an operand are themselves fills that evict. */
function solveFills(walks: readonly Walk[], cache: Cache): number {
  let fills = 0;
  for (let round = 0; round < ROUNDS; round++) {
    let next = 0;
    for (const walk of walks) next += missesOf(walk, cache, fills);
    if (next - fills <= 1e-3 * next) return next;
    fills = next;
  }
  return fills;
}

/** Lines that evict over the whole step: fills under random replacement, every line touched under LRU. */
function countEvictors(walks: readonly Walk[], cache: Cache): number {
  if (cache.replacement === 'random') return solveFills(walks, cache);
  return walks.reduce((sum, walk) => sum + walk.lines * walk.passes, 0);
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
  const evictors = countEvictors(walks, cache);
  const fills: Record<string, number> = {};
  let total = 0;
  for (const walk of walks) {
    const misses = missesOf(walk, cache, evictors);
    fills[walk.memory] = (fills[walk.memory] ?? 0) + misses;
    total += misses;
  }
  const outputBytes = streams.reduce((sum, { access, bytes }) => sum + (access === 'write' ? bytes : 0), 0);
  return { fills, carry: { fills: total, outputBytes } };
}
