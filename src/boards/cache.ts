import type { Cache } from './board.ts';

/** One operand as a step walks it: `bytes` touched a pass, `passes` times, from `memory`. */
export interface ResolvedStream {
  readonly operand: 'input' | 'weights' | 'output';
  readonly access: 'read' | 'write';
  readonly memory: string;
  readonly bytes: number;
  readonly passes: number;
  /** Rounds that the run is cut into by two visits of the same bytes; `passes` where absent. */
  readonly rounds?: number;
}

/** State of the cache between two steps. */
export interface CacheCarry {
  /** Evictions that the last step made. */
  readonly evictions: number;
  /** Bytes of output that the last step wrote. */
  readonly outputBytes: number;
  /** Lines that hold nothing yet: they are filled before anything is evicted. */
  readonly freeLines: number;
}

/** Expected line fills from one memory. */
export interface MemoryFills {
  readonly memory: string;
  /** Those of writes included. */
  readonly fills: number;
  /** The fills among them that the core waits for; undefined where it waits for no operand there. */
  readonly stalls: number | undefined;
}

export interface LineFills {
  readonly memories: readonly MemoryFills[];
  readonly carry: CacheCarry;
}

type MutableFills = { -readonly [Key in keyof MemoryFills]: MemoryFills[Key] };

interface Walk {
  readonly memory: string;
  readonly stalls: boolean;
  readonly lines: number;
  readonly passes: number;
  readonly rounds: number;
  /** Evictions between the write of a line by the step before and the end of that step, on average. */
  readonly evictionsSinceWrite: number | undefined;
}

const ROUNDS = 40;
const INNER_ROUNDS = 6;

/** A cache that holds nothing, as after an invalidation. */
export function emptyCache(cache: Cache): CacheCarry {
  return { evictions: 0, outputBytes: 0, freeLines: cache.bytes / cache.lineBytes };
}

function setsOf({ bytes, ways, lineBytes }: Cache): number {
  return bytes / (ways * lineBytes);
}

const LOG_STAY: number[] = [];

/** Logarithm of the chance that one fill of its set leaves a line in place. */
function logStay(ways: number): number {
  return (LOG_STAY[ways] ??= Math.log1p(-1 / ways));
}

/** What the chances of a cache's lines follow from. */
interface Replacement {
  readonly isRandom: boolean;
  readonly sets: number;
  readonly ways: number;
  /** Logarithm of the chance that one fill anywhere leaves a line in place. */
  readonly logStay: number;
}

function replacementOf(cache: Cache): Replacement {
  const sets = setsOf(cache);
  const { ways, replacement } = cache;
  return { isRandom: replacement === 'random', sets, ways, logStay: logStay(ways) / sets };
}

/**
 * Chance that a line is still cached after `evictors` other lines came. Random replacement: each fill of the line's
 * set evicts it with 1/ways; hits evict nothing, so evictors are fills. LRU: it goes with the ways-th other line
 * touched in its set, hit or not; contiguous operands spread evenly over the sets.
 */
function lineSurvival({ isRandom, sets, ways, logStay }: Replacement, evictors: number): number {
  if (evictors <= 0) return 1;
  // As e to a power: a third of the cost of a power of (1 - 1/ways), and sweeps live here.
  if (isRandom) return Math.exp(evictors * logStay);
  return Math.max(0, Math.min(1, ways - evictors / sets));
}

/**
 * Chance that a line outlives one round of its operand in which `evictors` lines come, its own reload among them:
 * a line does not evict itself, so a set sees one fill less, weighted by how often the line misses.
 */
function roundSurvival(replacement: Replacement, evictors: number): number {
  if (evictors <= 0) return 1;
  const { isRandom, sets } = replacement;
  let survival = lineSurvival(replacement, evictors);
  for (let round = 0; round < INNER_ROUNDS; round++) {
    const own = isRandom ? 1 - survival : 1;
    const next = lineSurvival(replacement, evictors - own * sets);
    if (Math.abs(next - survival) < 1e-5) return next;
    survival = next;
  }
  return survival;
}

function describeWalk(stream: ResolvedStream, cache: Cache, before: CacheCarry | undefined): Walk {
  const isProduced = stream.operand === 'input' && before !== undefined && before.outputBytes > 0;
  return {
    memory: stream.memory,
    stalls: stream.access === 'read' || cache.writeMissesStall !== false,
    lines: stream.bytes / cache.lineBytes,
    passes: Math.max(1, stream.passes),
    rounds: Math.max(1, stream.rounds ?? stream.passes),
    evictionsSinceWrite: isProduced ? before.evictions / 2 : undefined,
  };
}

/** Misses of a walk of whose rounds each sees `perRound` lines that evict; `survival` is a line's chance to outlive one. */
function missesOf(walk: Walk, replacement: Replacement, perRound: number, survival: number): number {
  const { lines, passes, evictionsSinceWrite } = walk;
  const isCold = evictionsSinceWrite === undefined;
  const first = isCold ? 1 : 1 - lineSurvival(replacement, evictionsSinceWrite + perRound / 2);
  const again = passes > 1 ? (passes - 1) * (1 - survival) : 0;
  return lines * (first + again);
}

/** Misses of all walks beside so many fills that evict. */
function sumMisses(walks: readonly Walk[], replacement: Replacement, evictors: number): number {
  let sum = 0;
  let rounds = 0;
  let survival = 1;
  for (const walk of walks) {
    // Operands that come back equally often have the same chance.
    if (walk.passes > 1 && walk.rounds !== rounds)
      survival = roundSurvival(replacement, evictors / (rounds = walk.rounds));
    sum += missesOf(walk, replacement, evictors / walk.rounds, survival);
  }
  return sum;
}

/** The smallest F with F = sum of misses(F): the misses of an operand are themselves fills that evict. */
function solveFills(walks: readonly Walk[], replacement: Replacement, freeLines: number): number {
  let fills = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const next = sumMisses(walks, replacement, Math.max(0, fills - freeLines));
    if (next - fills <= 1e-3 * next) return next;
    fills = next;
  }
  return fills;
}

/** Lines of all walks that are touched in one of so many equal rounds of the step, each counted once. */
function linesTouchedIn(walks: readonly Walk[], rounds: number): number {
  let sum = 0;
  for (const { lines, passes } of walks) sum += lines * Math.min(1, passes / rounds);
  return sum;
}

/**
 * Expected line fills of a step by memory, without an address trace. Each operand is walked `passes` times at an
 * even pace beside the others, so that between two visits of a line 1/rounds of all fills of the step happen; the
 * first pass is cold, except for what the step before wrote and has not been evicted. Writes allocate.
 * Not promised: conflicts of particular addresses, and replacement that is neither random nor LRU.
 */
export function estimateLineFills(
  streams: readonly ResolvedStream[],
  cache: Cache,
  before?: CacheCarry,
): LineFills {
  const freeLines = before?.freeLines ?? 0;
  const walks: Walk[] = [];
  let outputBytes = 0;
  for (const stream of streams) {
    walks.push(describeWalk(stream, cache, before));
    if (stream.access === 'write') outputBytes += stream.bytes;
  }
  // Random replacement: fills evict. LRU: lines evict that are touched in between.
  const isLru = cache.replacement === 'lru';
  const chances = replacementOf(cache);
  const evictors = isLru ? 0 : Math.max(0, solveFills(walks, chances, freeLines) - freeLines);
  const memories: MutableFills[] = [];
  let total = 0;
  for (const walk of walks) {
    const perRound = isLru ? linesTouchedIn(walks, walk.rounds) : evictors / walk.rounds;
    const survival = walk.passes > 1 ? roundSurvival(chances, perRound) : 1;
    const misses = missesOf(walk, chances, perRound, survival);
    const sums = sumsOf(memories, walk.memory);
    sums.fills += misses;
    if (walk.stalls) sums.stalls = (sums.stalls ?? 0) + misses;
    total += misses;
  }
  const evictions = Math.max(0, total - freeLines);
  return { memories, carry: { evictions, outputBytes, freeLines: Math.max(0, freeLines - total) } };
}

/** The sums of a memory among those of a few. */
function sumsOf(memories: MutableFills[], memory: string): MutableFills {
  for (const sums of memories) if (sums.memory === memory) return sums;
  const sums: MutableFills = { memory, fills: 0, stalls: undefined };
  memories.push(sums);
  return sums;
}
