import type { Cache } from '../../src/boards/board/board.ts';

/** Addresses below are reads and writes of 4-byte words; every miss fills a line and is counted to its region. */
export interface TraceCache {
  touch(address: number): void;
  /** Line fills by region, in order of the regions' starts. */
  readonly fills: number[];
}

/** Seeded 32-bit generator (Mulberry32), uniform in 0..1. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A set-associative cache driven by addresses. Invalid ways are filled first; then a way drawn at random, or the
 * least recently used. `starts` are the first addresses of the regions, ascending.
 */
export function createTraceCache(cache: Cache, starts: readonly number[], seed = 1): TraceCache {
  const sets = cache.bytes / (cache.ways * cache.lineBytes);
  const tags = new Float64Array(sets * cache.ways).fill(-1);
  const usedAt = new Float64Array(sets * cache.ways);
  const fills = starts.map(() => 0);
  const random = seededRandom(seed);
  let clock = 0;

  function chooseVictim(base: number): number {
    for (let way = 0; way < cache.ways; way++) if (tags[base + way] === -1) return base + way;
    if (cache.replacement === 'random') return base + Math.floor(random() * cache.ways);
    let oldest = base;
    for (let way = 1; way < cache.ways; way++) if (usedAt[base + way]! < usedAt[oldest]!) oldest = base + way;
    return oldest;
  }

  function touch(address: number): void {
    const line = Math.floor(address / cache.lineBytes);
    const base = (line % sets) * cache.ways;
    clock++;
    for (let way = 0; way < cache.ways; way++)
      if (tags[base + way] === line) {
        usedAt[base + way] = clock;
        return;
      }
    const slot = chooseVictim(base);
    tags[slot] = line;
    usedAt[slot] = clock;
    let region = 0;
    while (region + 1 < starts.length && address >= starts[region + 1]!) region++;
    fills[region]!++;
  }

  return { touch, fills };
}
