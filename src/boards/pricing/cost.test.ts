import { describe, expect, it, test } from 'vitest';
import { MissingCostError } from '../../errors.ts';
import type { Work } from '../../kernels/definition/op.ts';
import type { Board, CoreUnit, CostRow } from '../board/board.ts';
import { paperCnn } from '../../models/specs/paper-cnn.ts';
import { predict } from '../../simulate/predict.ts';
import { boardById } from '../index.ts';
import { findCostRow } from './cost-rows.ts';
import { coreCyclesOf, priceCoreStep, type PricedStep } from './cost.ts';
import { evaluateTerms, matchesWhen } from './terms.ts';

const about = { source: 'toy', grade: 'estimated' } as const;
const constant = (value: number, unit: string) => ({ value, unit, ...about });

const DENSE: CostRow = {
  op: 'FULLY_CONNECTED',
  dtype: 'float32',
  kernels: 'toy',
  instructions: { 'inChannels*outChannels': 5, outChannels: 20, '1': 10 },
  cpi: 'cpi',
  coreCycles: { '1': 7 },
  constantCycles: { outChannels: 'storeCycles' },
  streams: [
    { operand: 'input', access: 'read', bytes: { inputBytes: 1 }, passes: { outChannels: 1 } },
    { operand: 'weights', access: 'read', bytes: { weightBytes: 1 }, passes: { '1': 1 } },
    { operand: 'output', access: 'write', bytes: { outputBytes: 1 }, passes: { '1': 1 } },
  ],
  ...about,
};
const WIDE: CostRow = { ...DENSE, when: { outChannels: { min: 100 } }, instructions: { '1': 1 } };

const UNIT: CoreUnit = {
  id: 'core',
  kind: 'core',
  core: 'toy',
  clock: 'core',
  dataCache: { bytes: 16384, ways: 4, lineBytes: 32, replacement: 'random', source: 'toy' },
  constants: { cpi: constant(0.5, 'cycles per instruction'), storeCycles: constant(3, 'cycles') },
  costs: [WIDE, DENSE],
};
const ram = (id: string, cycles: number) => ({
  id,
  kind: 'ram' as const,
  availableBytes: constant(1e6, 'bytes'),
  lineFillCycles: constant(cycles, 'core cycles'),
});
const BOARD: Board = {
  ...{ id: 'toy', name: 'Toy', soc: 'toy', summary: 'toy' },
  clocks: [{ id: 'core', hz: constant(1e6, 'Hz') }],
  memories: [ram('fast', 10), ram('slow', 40)],
  units: [UNIT],
  runtime: { toolchain: 'tflm', firmware: 'toy', kernels: ['toy'], placement: {} },
};

function denseStep(inChannels: number, outChannels: number): PricedStep {
  const [loadBytes, storeBytes, weightBytes] = [
    4 * inChannels,
    4 * outChannels,
    4 * inChannels * outChannels,
  ];
  const macs = inChannels * outChannels;
  const counts = { inChannels, outChannels };
  const work: Work = { macs, elements: outChannels, loadBytes, storeBytes, weightBytes, counts };
  const memories = { input: 'slow', weights: 'fast', output: 'slow' };
  return { node: 3, op: 'FULLY_CONNECTED', dtype: 'float32', kernels: 'toy', work, memories };
}

describe('terms', () => {
  it('sum coefficient x product of counts, with 1 as the constant', () => {
    expect(evaluateTerms({ 'a*b': 2, a: 0.5, '1': 7 }, { a: 4, b: 3 })).toBe(2 * 12 + 2 + 7);
  });

  it('refuse a count that the work does not carry', () => {
    expect(() => evaluateTerms({ 'a*c': 1 }, { a: 1 })).toThrow('count "c"');
  });

  test.each([
    [{ k: 3 }, true],
    [{ k: 4 }, false],
    [{ k: { min: 2, max: 3 } }, true],
    [{ k: { min: 4 } }, false],
    [{ c: { multipleOf: 4 } }, true],
    [{ k: { multipleOf: 4 } }, false],
    [{ other: 1 }, false],
  ])('match %o: %s', (when, expected) => {
    expect(matchesWhen(when, { k: 3, c: 8 })).toBe(expected);
  });
});

describe('priceCoreStep', () => {
  it('adds instructions x CPI, fixed cycles, cycles by constants, and line fills by memory', () => {
    // 8 inputs, 2 outputs: all lines fit, so each is filled once: 1 of input, 2 of weights, a quarter of output.
    const { parts, totalCoreCycles, instructions } = priceCoreStep(UNIT, denseStep(8, 2), BOARD);
    expect(instructions).toBe(5 * 16 + 20 * 2 + 10);
    expect(parts.map(({ name }) => name)).toEqual([
      ...['instructions', 'fixed', 'storeCycles'],
      ...['fast line fills', 'slow line fills'],
    ]);
    const cycles = Object.fromEntries(parts.map(({ name, coreCycles }) => [name, coreCycles]));
    expect(cycles).toMatchObject({ instructions: 65, fixed: 7, storeCycles: 6 });
    expect(cycles['fast line fills']).toBeCloseTo(2 * 10);
    expect(cycles['slow line fills']).toBeCloseTo(1.25 * 40, 0);
    expect(totalCoreCycles).toBeCloseTo(parts.reduce((sum, part) => sum + part.coreCycles, 0));
  });

  it('comes to the same without the reasons, in a cold cache and after another step', () => {
    const { carry } = priceCoreStep(UNIT, denseStep(800, 20), BOARD);
    for (const before of [undefined, carry]) {
      const cycles = coreCyclesOf(UNIT, denseStep(800, 20), BOARD, before);
      expect(priceCoreStep(UNIT, denseStep(800, 20), BOARD, before)).toMatchObject(cycles);
      expect(cycles.totalCoreCycles).toBeGreaterThan(5 * 800 * 20 * 0.5);
    }
  });

  it('walks as many operands as a row names', () => {
    const reads = Array.from({ length: 40 }, () => DENSE.streams![0]);
    const unit = {
      ...UNIT,
      costs: [{ ...DENSE, streams: reads.map((read) => ({ ...read, passes: { '1': 1 } })) }],
    };
    const { lineFills } = priceCoreStep(unit, denseStep(8, 2), BOARD);
    expect(lineFills).toEqual([{ memory: 'slow', fills: 40, stalls: 40 }]);
  });

  it('does not wait for stores that miss where the cache says so', () => {
    const unit = { ...UNIT, dataCache: { ...UNIT.dataCache!, writeMissesStall: false } };
    const { parts, lineFills } = priceCoreStep(unit, denseStep(8, 2), BOARD);
    expect(parts.find(({ name }) => name === 'slow line fills')!.coreCycles).toBeCloseTo(40, 0);
    expect(lineFills.find(({ memory }) => memory === 'slow')!.fills).toBeCloseTo(1.25, 1);
  });

  it('takes the first row whose geometry fits', () => {
    expect(findCostRow(UNIT, 'FULLY_CONNECTED', 'float32', 'toy', { outChannels: 100 })).toBe(WIDE);
    expect(findCostRow(UNIT, 'FULLY_CONNECTED', 'float32', 'toy', { outChannels: 99 })).toBe(DENSE);
  });

  it('never prices the unknown at nothing: the error names op, index, unit and board', () => {
    const step: PricedStep = { ...denseStep(8, 2), op: 'FFT' };
    expect(() => priceCoreStep(UNIT, step, BOARD)).toThrow(MissingCostError);
    expect(() => priceCoreStep(UNIT, step, BOARD)).toThrow(
      'no cost for op 3 (FFT) on unit "core" of board "toy": no row for kernels "toy"',
    );
    const int8: PricedStep = { ...denseStep(8, 2), dtype: 'int8' };
    expect(() => priceCoreStep(UNIT, int8, BOARD)).toThrow('rows for float32, none for int8');
  });
});

describe('openmv-h7-plus', () => {
  // docs/hardware/cortex-m7.md#openmvs-libtf-float32
  it('prices a dense layer of libtf as counted: 5 a MAC, 21 an output, 251', () => {
    const board = boardById('openmv-h7-plus');
    const core = board.units[0] as CoreUnit;
    const step = denseStep(1960, 10);
    const counts = { ...step.work.counts, macsInImage: 19600, outputs: 10, batches: 1, outChannels: 10 };
    const memories = { input: 'sdram', weights: 'sram1', output: 'sdram' };
    const dense = { ...step, kernels: 'openmv-libtf-2020-11', work: { ...step.work, counts }, memories };
    const { instructions } = priceCoreStep(core, dense, board);
    expect(instructions / (5 * 19600 + 21 * 10 + 251)).toBeCloseTo(1, 4);
  });

  it('waits for the lines of weights in flash: each of 62,760 bytes once, 24 cycles a line of 32', () => {
    const { steps } = predict(paperCnn({ filters: 8 }), boardById('openmv-h7-plus'), { weightsIn: 'flash' });
    const { parts } = steps.find(({ op }) => op === 'FULLY_CONNECTED')!;
    // 1568 x 10 float32 weights and 10 biases.
    const lines = (4 * (1568 * 10 + 10)) / 32;
    expect(parts.find(({ name }) => name === 'flash line fills')!.coreCycles).toBeCloseTo(24 * lines, 6);
  });

  it('is plain data', () => {
    const board = boardById('openmv-h7-plus');
    expect(structuredClone(board)).toEqual(board);
  });
});
