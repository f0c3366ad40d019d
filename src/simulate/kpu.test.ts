import { describe, expect, test } from 'vitest';
import { withPriors } from '../boards/board/calibrated.ts';
import { maixduino } from '../boards/index.ts';
import { withConstants } from '../boards/board/constant-paths.ts';
import type { KpuLayer, Program } from '../deploy/program.ts';
import { CornersDiverged } from '../engine/clock-corners.ts';
import { Machine } from './machine.ts';
import { scheduleProgram } from './schedule.ts';

const BEFORE_FIT = withPriors(maixduino);

function layer(side: number, inC: number, outC: number, more: Partial<KpuLayer> = {}): KpuLayer {
  const maps = { inH: side, inW: side, outH: side, outW: side };
  return { ...maps, inC, outC, kernel: 3, depthwise: false, poolType: 0, weightBits: 8, ...more };
}

function programOf(kpu: KpuLayer): Program {
  const work = { macs: 0, elements: 0, loadBytes: 0, storeBytes: 0, weightBytes: 0, counts: {} };
  const placement = { rule: 'test', reason: 'test' };
  const place = { node: 0, op: 'K210Conv', unit: 'kpu', dtype: 'uint8', kernels: 'test' } as const;
  const steps = [{ ...place, work, memories: {}, placement, kpu }];
  const memory = { flashBytes: 0, ramBytes: 0, parts: [] };
  return { toolchain: 'ncc', model: 'layer', dtype: 'uint8', steps, memory, warnings: [] };
}

function run(kpu: KpuLayer, values: Record<string, number> = {}, options = {}) {
  const board = withConstants(BEFORE_FIT, new Map(Object.entries(values)));
  const machine = new Machine(board, options);
  const us = machine.run(scheduleProgram(programOf(kpu), board)) / 1e6;
  return { us, machine };
}

/**
 * docs/hardware/k210.md#cost-of-a-kpu-layer at 400/400 MHz, in us, written down anew: fetch of arguments, table and
 * first load, then compute or the rest of the weights, whichever is longer, and 4200 core cycles.
 */
function closedFormUs({ inH, inW, inC, outC, kernel, depthwise, weightBits }: KpuLayer): number {
  const [g, rl] = inW <= 16 ? [4, 1] : inW <= 32 ? [2, 1] : [1, Math.ceil(inW / 64)];
  const lines = inH * rl;
  const G = Math.ceil(inC / g);
  const chBytes = (kernel * kernel * (depthwise ? 1 : inC) * weightBits) / 8;
  const W = chBytes * outC;
  const limit = weightBits === 8 ? 30 * 1024 : 60 * 1024;
  const first = depthwise ? W : Math.min(W, Math.min(outC, Math.floor(limit / chBytes)) * chBytes);
  const compute = depthwise ? G * (2 * lines + 3 * rl) : outC * ((G + 1) * lines + 3 * G * rl);
  return ((8 * outC + 144 + first) / 2.7 + Math.max(compute, (W - first) / 2.7) + 4200) / 400;
}

describe('the pipeline gives the closed form', () => {
  test.each([
    ['one load', layer(14, 1, 8)],
    ['one load, rows of several lines', layer(160, 16, 16)],
    ['depthwise', layer(40, 128, 128, { depthwise: true })],
    ['three loads, compute-bound', layer(20, 256, 256, { kernel: 1 })],
    ['ten loads, compute-bound', layer(16, 128, 256)],
    ['16-bit weights, compute-bound', layer(64, 128, 128, { weightBits: 16 })],
  ])('%s: within 0.5 %%', (_, kpu) => {
    expect(Math.abs(run(kpu).us / closedFormUs(kpu) - 1)).toBeLessThan(0.005);
  });

  test('weight-bound: later by the compute of one channel, which waits for its last weight', () => {
    const kpu = layer(4, 128, 128, { weightBits: 16 });
    const channelUs = (33 * 4 + 3 * 32) / 400;
    expect(run(kpu).us - closedFormUs(kpu)).toBeCloseTo(channelUs, 3);
  });
});

describe('clocks', () => {
  const kpu = layer(14, 1, 8);

  test('half the KPU clock doubles compute alone: 8 x (2 x 14 + 3) cycles more', () => {
    const slower = run(kpu, { 'clocks.kpu.hz': 200e6 }).us - run(kpu).us;
    expect(slower).toBeCloseTo((8 * (2 * 14 + 3)) / 400, 5);
  });

  test('half the core clock doubles fetch and interrupts alone', () => {
    const slower = run(kpu, { 'clocks.core.hz': 200e6 }).us - run(kpu).us;
    expect(slower).toBeCloseTo((4200 + (8 * 8 + 144 + 72) / 2.7) / 400, 5);
  });
});

test('a layer of one load takes the same few events whatever its channels', () => {
  const events = [8, 64, 512].map((outC) => run(layer(14, 1, outC)).machine.simulation.events);
  expect(new Set(events).size).toBe(1);
  expect(events[0]).toBeLessThanOrEqual(5);
});

test('a parameter memory of one channel: after the first load, fetch and compute take turns', () => {
  const kpu = layer(16, 128, 256);
  const channelBytes = 9 * 128;
  const values = { 'units.kpu.constants.parameterMemoryBytes': channelBytes };
  const fetchUs = ((256 - 26) * channelBytes) / 2.7 / 400;
  expect(run(kpu, values).us - run(kpu).us).toBeCloseTo(fetchUs, 2);
});

test('shuffled ties change nothing', () => {
  const kpu = layer(8, 128, 256);
  const bytes = [undefined, 1, 2, 3].map((shuffleTies) => {
    const { us, machine } = run(kpu, {}, { trace: true, ...(shuffleTies ? { shuffleTies } : {}) });
    return { us, trace: [...machine.trace!] };
  });
  expect(bytes.slice(1).every((other) => other.us === bytes[0].us)).toBe(true);
  expect(
    new Set(bytes.map(({ trace }) => JSON.stringify(trace.map((r) => [r.track, r.atPs, r.value]).sort())))
      .size,
  ).toBe(1);
});

describe('inferences in lockstep, each at clocks of its own', () => {
  const boardAt = (coreHz: number, kpuHz: number) =>
    withConstants(
      BEFORE_FIT,
      new Map([
        ['clocks.core.hz', coreHz],
        ['clocks.kpu.hz', kpuHz],
      ]),
    );
  const cornersOf = (kpu: KpuLayer, boards: ReturnType<typeof boardAt>[]) => {
    const machine = new Machine(BEFORE_FIT, { corners: boards.length });
    machine.setCornerClocks(boards);
    const cornersPs = machine.runCorners(scheduleProgram(programOf(kpu), BEFORE_FIT));
    return { cornersPs: [...cornersPs], events: machine.simulation.events };
  };
  const aloneOf = (kpu: KpuLayer, board: ReturnType<typeof boardAt>): number =>
    new Machine(board).run(scheduleProgram(programOf(kpu), board));

  test.each([
    ['one load', layer(14, 1, 8)],
    ['ten loads, compute-bound', layer(16, 128, 256)],
    ['weight-bound', layer(4, 128, 128, { weightBits: 16 })],
  ])('%s: to the picosecond what each takes alone', (_, kpu) => {
    const boards = [1, 0.5, 2, 0.25].map((factor) => boardAt(400e6 * factor, 400e6 * factor));
    const { cornersPs, events } = cornersOf(kpu, boards);
    expect(cornersPs).toEqual(boards.map((board) => aloneOf(kpu, board)));
    expect(events).toBeGreaterThan(3);
  });

  test('weights late at one clock and early at another are two orders of events: the corners part', () => {
    const kpu = layer(16, 128, 256);
    expect(() => cornersOf(kpu, [boardAt(400e6, 400e6), boardAt(20e6, 400e6)])).toThrow(CornersDiverged);
  });

  test('corners without clocks of their own, or a machine without corners, are refused', () => {
    const schedule = scheduleProgram(programOf(layer(14, 1, 8)), BEFORE_FIT);
    for (const machine of [new Machine(BEFORE_FIT, { corners: 2 }), new Machine(BEFORE_FIT)])
      expect(() => machine.runCorners(schedule)).toThrow('runCorners needs corners and their clocks');
  });
});

describe('the spans of a layer', () => {
  const inside = (kpu: KpuLayer) => {
    const { us, machine } = run(kpu, {}, { trace: true });
    const spans = [...machine.trace!].filter(({ kind }) => kind === 'span');
    return { totalPs: us * 1e6, parts: machine.kpuSpans.get(0)!, spans };
  };

  test.each([
    ['compute-bound', layer(20, 256, 256, { kernel: 1 })],
    ['weight-bound', layer(4, 128, 128, { weightBits: 16 })],
    ['of one load', layer(14, 1, 8)],
  ])('%s: make up its time, one behind the other, in the trace as well', (_, kpu) => {
    const { totalPs, parts, spans } = inside(kpu);
    const sumPs = Object.values(parts).reduce((sum, ps) => sum + ps, 0);
    expect(sumPs / totalPs).toBeCloseTo(1, 9);
    // While the KPU computes, later weights are fetched beside it.
    const beside = spans.find(({ track }) => track === 'kpu')!;
    const ofLayer = spans
      .filter(({ track, atPs }) => ['core', 'kpu'].includes(track) || atPs < beside.atPs)
      .sort((a, b) => a.atPs - b.atPs);
    let atPs = 0;
    for (const span of ofLayer) {
      expect(span.atPs).toBe(atPs);
      atPs += span.value;
    }
    expect(atPs).toBe(totalPs);
    expect(ofLayer.map(({ value }) => value)).toEqual([
      parts.submitPs,
      parts.fetchPs,
      parts.computePs + parts.stallPs,
      parts.interruptPs,
    ]);
  });

  test('have a wait for weights only where the weights come too late', () => {
    expect(inside(layer(14, 1, 8)).parts.stallPs).toBe(0);
    expect(inside(layer(4, 128, 128, { weightBits: 16 })).parts.stallPs).toBeGreaterThan(0);
  });
});
