import { describe, expect, it, test } from 'vitest';
import type { Cache } from '../../src/boards/board/board.ts';
import { evaluateTerms } from '../../src/boards/pricing/terms.ts';
import { REFERENCE_STREAMS } from '../../src/boards/libraries/kernel-streams.ts';
import { denseCounts } from '../../src/kernels/definition/dense-counts.ts';
import { windowCounts } from '../../src/kernels/windows/window-counts.ts';
import { emptyCache, estimateLineFills, type ResolvedStream } from '../../src/boards/pricing/cache.ts';
import { boardById } from '../../src/boards/index.ts';
import { priceCoreStep } from '../../src/boards/pricing/cost.ts';
import type { CacheCarry, LineFills } from '../../src/boards/pricing/cache.ts';
import { deploy } from '../../src/deploy/index.ts';
import { paperCnn } from '../../src/models/specs/paper-cnn.ts';
import { walkConv, walkCopy, walkDense, type ConvShape } from './loop-nests.ts';
import { createTraceCache } from './trace-cache.ts';

const CACHE: Cache = { bytes: 16384, ways: 4, lineBytes: 32, replacement: 'random', source: 'Arm TRM' };
const LRU: Cache = { ...CACHE, replacement: 'lru' };
/** Far apart, and not at the same set. */
const AT = { input: 0, weights: 0x1000_0040, output: 0x2000_0380 };
const STARTS = [AT.input, AT.weights, AT.output];
const SEEDS = [1, 2, 3, 4];

function averageFills(cache: Cache, walk: (touch: (address: number) => void) => void): number {
  const seeds = cache.replacement === 'random' ? SEEDS : [1];
  const totals = seeds.map((seed) => {
    const trace = createTraceCache(cache, STARTS, seed);
    walk(trace.touch);
    return trace.fills.reduce((sum, fills) => sum + fills, 0);
  });
  return totals.reduce((sum, total) => sum + total, 0) / totals.length;
}

const fillsFrom = (memory: string, { memories }: LineFills): number =>
  memories.find((candidate) => candidate.memory === memory)!.fills;

/** Total fills by the shipped walks of an op, over counts as the kernels yield them. */
function modelFills(cache: Cache, op: string, counts: Record<string, number>): number {
  const streams = REFERENCE_STREAMS[op]!.map(({ operand, access, bytes, passes, rounds }) => ({
    operand,
    access,
    memory: 'ram',
    bytes: evaluateTerms(bytes, counts),
    passes: evaluateTerms(passes, counts),
    ...(rounds && { rounds: evaluateTerms(rounds, counts) }),
  }));
  return fillsFrom('ram', estimateLineFills(streams, cache, emptyCache(cache)));
}

function denseFills(cache: Cache, inputs: number, outputs: number): number {
  const bytes = { inputBytes: 4 * inputs, weightBytes: 4 * inputs * outputs, outputBytes: 4 * outputs };
  const counts = denseCounts({ batches: 1, inChannels: inputs, outChannels: outputs });
  return modelFills(cache, 'FULLY_CONNECTED', { ...counts, ...bytes });
}

function convFills(cache: Cache, { side, inC, outC, kernel }: ConvShape): number {
  const pad = (kernel - 1) >> 1;
  const counts = windowCounts({
    ...{ inH: side, inW: side, inC, outH: side, outW: side, outC, kernelH: kernel, kernelW: kernel },
    ...{ strideH: 1, strideW: 1, dilationH: 1, dilationW: 1, padTop: pad, padLeft: pad },
  });
  const pixels = side * side;
  const weightBytes = 4 * outC * kernel * kernel * inC;
  const bytes = { inputBytes: 4 * pixels * inC, weightBytes, outputBytes: 4 * pixels * outC };
  return modelFills(cache, 'CONV_2D', { ...counts, ...bytes });
}

const errorPercent = (predicted: number, measured: number) =>
  (100 * Math.abs(predicted - measured)) / measured;

describe('the analytic cache against a trace of the real loops', () => {
  test.each([
    [196, 10],
    [784, 10],
    [1176, 10],
    [1960, 10],
    [3136, 10],
    [6272, 10],
    [640, 128],
  ])('dense %i x %i, random replacement: within 3 %%', (inputs, outputs) => {
    const measured = averageFills(CACHE, (touch) => walkDense(touch, AT, inputs, outputs));
    expect(errorPercent(denseFills(CACHE, inputs, outputs), measured)).toBeLessThan(3);
  });

  test.each<ConvShape>([
    { side: 14, inC: 1, outC: 8, kernel: 3 },
    { side: 14, inC: 1, outC: 32, kernel: 7 },
    { side: 16, inC: 16, outC: 16, kernel: 3 },
    { side: 12, inC: 64, outC: 64, kernel: 1 },
    { side: 8, inC: 32, outC: 32, kernel: 3 },
    { side: 8, inC: 64, outC: 64, kernel: 3 },
    { side: 48, inC: 8, outC: 8, kernel: 3 },
    { side: 24, inC: 16, outC: 24, kernel: 1 },
    { side: 12, inC: 24, outC: 32, kernel: 3 },
  ])('convolution $side x $side x $inC to $outC, kernel $kernel: within 15 %', (shape) => {
    const measured = averageFills(CACHE, (touch) => walkConv(touch, AT, shape));
    expect(errorPercent(convFills(CACHE, shape), measured)).toBeLessThan(15);
  });

  // Weights a little above or below the cache: a small shift decides whether they thrash, and the model is coarse.
  test.each<ConvShape>([
    { side: 16, inC: 32, outC: 16, kernel: 3 },
    { side: 32, inC: 16, outC: 16, kernel: 3 },
  ])('convolution $side x $side x $inC to $outC at the edge of capacity: within 30 %', (shape) => {
    const measured = averageFills(CACHE, (touch) => walkConv(touch, AT, shape));
    expect(errorPercent(convFills(CACHE, shape), measured)).toBeLessThan(30);
  });

  test.each([
    [784, 10],
    [1176, 10],
    [6272, 10],
  ])('dense %i x %i, LRU: within 3 %%', (inputs, outputs) => {
    const measured = averageFills(LRU, (touch) => walkDense(touch, AT, inputs, outputs));
    expect(errorPercent(denseFills(LRU, inputs, outputs), measured)).toBeLessThan(3);
  });

  test.each([1, 1.25, 1.5, 2, 3])(
    'two passes over %d times the cache, full of other lines before: within 3 %',
    (share) => {
      const bytes = share * CACHE.bytes;
      const walk: ResolvedStream = { operand: 'input', access: 'read', memory: 'a', bytes, passes: 2 };
      const seeds = Array.from({ length: 20 }, (_, at) => at + 1);
      const measured = seeds.map((seed) => {
        const trace = createTraceCache(CACHE, [0, 0x1000_0000], seed);
        for (let at = 0; at < 32 * CACHE.bytes; at += CACHE.lineBytes) trace.touch(0x1000_0000 + at);
        for (let pass = 0; pass < 2; pass++)
          for (let at = 0; at < bytes; at += CACHE.lineBytes) trace.touch(at);
        return trace.fills[0]!;
      });
      const mean = measured.reduce((sum, fills) => sum + fills, 0) / seeds.length;
      expect(errorPercent(fillsFrom('a', estimateLineFills([walk], CACHE)), mean)).toBeLessThan(3);
    },
  );

  it('a copy of what the last step wrote finds in the cache what the trace finds there', () => {
    const elements = 3136;
    const trace = createTraceCache(CACHE, [0, 0x1000_0000], 1);
    walkCopy(trace.touch, 0x1000_0000, 0, elements);
    const before = [...trace.fills];
    walkCopy(trace.touch, 0, 0x2000_0200, elements);
    const bytes = 4 * elements;
    const copy: ResolvedStream[] = [
      { operand: 'input', access: 'read', memory: 'a', bytes, passes: 1 },
      { operand: 'output', access: 'write', memory: 'b', bytes, passes: 1 },
    ];
    const first = estimateLineFills(copy, CACHE, emptyCache(CACHE));
    const second = estimateLineFills(copy, CACHE, first.carry);
    expect(errorPercent(fillsFrom('a', second), trace.fills[0]! - before[0]!)).toBeLessThan(15);
  });
});

/**
 * docs/hardware/cortex-m7.md#line-fills-of-the-papers-network: line fills of one call of the paper's network, F =
 * 1..10, random replacement, cold caches.
 */
const SRAM1_READS = [347, 599, 847, 1093, 1336, 1592, 1831, 2082, 2333, 2579];
const SDRAM_READS = [10, 41, 90, 166, 281, 385, 573, 795, 994, 1256];
const SDRAM_WRITES = [84, 131, 187, 234, 278, 335, 384, 433, 480, 537];

function paperFills(filters: number): Record<string, number> {
  const board = boardById('openmv-h7-plus');
  const core = board.units[0]!;
  if (core.kind !== 'core') throw new Error('the board begins with its core');
  let carry: CacheCarry = emptyCache(core.dataCache!);
  const fills: Record<string, number> = { sram1: 0, sdram: 0 };
  for (const step of deploy(paperCnn({ filters }), board).steps) {
    const price = priceCoreStep(core, step, board, carry);
    carry = price.carry ?? carry;
    for (const { memory, fills: count } of price.lineFills) fills[memory]! += count;
  }
  return fills;
}

describe('line fills of the paper call', () => {
  test.each(SRAM1_READS.map((reads, index) => [index + 1, reads] as const))(
    '%i filters: SRAM1 within 2 %% of %i',
    (filters, reads) => {
      expect(errorPercent(paperFills(filters).sram1!, reads)).toBeLessThan(2);
    },
  );

  test.each(SDRAM_READS.map((reads, index) => [index + 1, reads + SDRAM_WRITES[index]!] as const))(
    '%i filters: SDRAM, reads and write-allocates, within 10 %% of %i',
    (filters, fills) => {
      expect(errorPercent(paperFills(filters).sdram!, fills)).toBeLessThan(10);
    },
  );
});
