import type { Cache } from '../board/board.ts';

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

type MutableFills = { -readonly [Key in keyof MemoryFills]: MemoryFills[Key] };

/** What the walks of a step are told of an operand beside its numbers. */
type Operand = Pick<ResolvedStream, 'operand' | 'access'>;

/** The step before left nothing of the operand in the cache. */
const COLD = -1;
/** Operands that there is room for at first: more than the kernels of our boards walk. */
const FEW = 8;

function withMoreRoom(column: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const wider = new Float64Array(2 * column.length);
  wider.set(column);
  return wider;
}

/**
 * The operands of one step as it walks them, and the line fills to expect. Columns that the next step uses again:
 * sweeps price millions of steps, and objects for each operand were a third of what they allocate.
 */
export class StepWalks {
  #count = 0;
  readonly #memories: string[] = [];
  readonly #stalls: boolean[] = [];
  #lines = new Float64Array(FEW);
  #passes = new Float64Array(FEW);
  #rounds = new Float64Array(FEW);
  /** Evictions between the write of a line by the step before and the end of that step, on average; or COLD. */
  #evictionsSinceWrite = new Float64Array(FEW);
  #misses = new Float64Array(FEW);
  #outputBytes = 0;
  #cache: Cache | undefined;
  #chances!: Replacement;
  #before: CacheCarry | undefined;

  /** Forgets the step before, but for what it left in the cache. */
  begin(cache: Cache, before: CacheCarry | undefined): void {
    if (cache !== this.#cache) this.#chances = replacementOf((this.#cache = cache));
    this.#before = before;
    this.#count = 0;
    this.#outputBytes = 0;
  }

  /** Adds an operand: `bytes` touched a pass, `passes` times, in so many `rounds`. */
  add({ operand, access }: Operand, memory: string, bytes: number, passes: number, rounds: number): void {
    const cache = this.#cache!;
    const before = this.#before;
    const at = this.#count++;
    if (at === this.#lines.length) this.#widen();
    const isProduced = operand === 'input' && before !== undefined && before.outputBytes > 0;
    this.#memories[at] = memory;
    this.#stalls[at] = access === 'read' || cache.writeMissesStall !== false;
    this.#lines[at] = bytes / cache.lineBytes;
    this.#passes[at] = Math.max(1, passes);
    this.#rounds[at] = Math.max(1, rounds);
    this.#evictionsSinceWrite[at] = isProduced ? before.evictions / 2 : COLD;
    if (access === 'write') this.#outputBytes += bytes;
  }

  /** Estimates the misses of all operands; gives what the step leaves in the cache. */
  estimate(): CacheCarry {
    const freeLines = this.#before?.freeLines ?? 0;
    const chances = this.#chances;
    // Random replacement: fills evict. LRU: lines evict that are touched in between.
    const isLru = this.#cache!.replacement === 'lru';
    const evictors = isLru ? 0 : Math.max(0, this.#solveFills(freeLines) - freeLines);
    let total = 0;
    for (let at = 0; at < this.#count; at++) {
      const rounds = this.#rounds[at];
      const perRound = isLru ? this.#linesTouchedIn(rounds) : evictors / rounds;
      const survival = this.#passes[at] > 1 ? roundSurvival(chances, perRound) : 1;
      const misses = this.#missesOf(at, perRound, survival);
      this.#misses[at] = misses;
      total += misses;
    }
    const evictions = Math.max(0, total - freeLines);
    return { evictions, outputBytes: this.#outputBytes, freeLines: Math.max(0, freeLines - total) };
  }

  /** Fills from a memory that the core waits for; undefined where it waits for no operand there. */
  stallsIn(memory: string): number | undefined {
    let stalls: number | undefined;
    for (let at = 0; at < this.#count; at++) {
      if (this.#stalls[at] && this.#memories[at] === memory) stalls = (stalls ?? 0) + this.#misses[at];
    }
    return stalls;
  }

  /** Fills by memory, in the order in which the operands were added. */
  fills(): MemoryFills[] {
    const fills = new Map<string, MutableFills>();
    for (let at = 0; at < this.#count; at++) {
      const memory = this.#memories[at];
      const sums = fills.get(memory) ?? { memory, fills: 0, stalls: this.stallsIn(memory) };
      sums.fills += this.#misses[at];
      fills.set(memory, sums);
    }
    return [...fills.values()];
  }

  #widen(): void {
    this.#lines = withMoreRoom(this.#lines);
    this.#passes = withMoreRoom(this.#passes);
    this.#rounds = withMoreRoom(this.#rounds);
    this.#evictionsSinceWrite = withMoreRoom(this.#evictionsSinceWrite);
    this.#misses = withMoreRoom(this.#misses);
  }

  /** Misses of a walk of whose rounds each sees `perRound` lines that evict; `survival` is a line's chance to outlive one. */
  #missesOf(at: number, perRound: number, survival: number): number {
    const passes = this.#passes[at];
    const since = this.#evictionsSinceWrite[at];
    const first = since === COLD ? 1 : 1 - lineSurvival(this.#chances, since + perRound / 2);
    const again = passes > 1 ? (passes - 1) * (1 - survival) : 0;
    return this.#lines[at] * (first + again);
  }

  /** The smallest F with F = sum of misses(F): the misses of an operand are themselves fills that evict. */
  #solveFills(freeLines: number): number {
    let fills = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const evictors = Math.max(0, fills - freeLines);
      let next = 0;
      let survivedRounds = 0;
      let survival = 1;
      for (let at = 0; at < this.#count; at++) {
        const rounds = this.#rounds[at];
        const perRound = evictors / rounds;
        // Operands that come back equally often have the same chance.
        if (this.#passes[at] > 1 && rounds !== survivedRounds) {
          survivedRounds = rounds;
          survival = roundSurvival(this.#chances, perRound);
        }
        next += this.#missesOf(at, perRound, survival);
      }
      if (next - fills <= 1e-3 * next) return next;
      fills = next;
    }
    return fills;
  }

  /** Lines of all walks that are touched in one of so many equal rounds of the step, each counted once. */
  #linesTouchedIn(rounds: number): number {
    let sum = 0;
    for (let at = 0; at < this.#count; at++) sum += this.#lines[at] * Math.min(1, this.#passes[at] / rounds);
    return sum;
  }
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
  const walks = new StepWalks();
  walks.begin(cache, before);
  for (const stream of streams)
    walks.add(stream, stream.memory, stream.bytes, stream.passes, stream.rounds ?? stream.passes);
  const carry = walks.estimate();
  return { memories: walks.fills(), carry };
}
