import { describe, expect, test } from 'vitest';
import type { Calibration } from '../boards/board/board.ts';
import { domainOf } from './domain.ts';

const CALIBRATION = {
  domain: { ops: ['CONV_2D', 'RESHAPE'], dtypes: ['float32'], rows: [], maxMacs: 1000, kernelSizes: [1, 3] },
} as unknown as Calibration;

const MODEL = { ops: ['CONV_2D', 'RESHAPE'], macs: 1000, kernelSizes: [3] };

const of = (change: Partial<typeof MODEL>, dtype = 'float32') =>
  domainOf({ ...MODEL, ...change }, dtype, { calibration: CALIBRATION });

test('a model of measured kinds with as many MACs as the largest measured one is inside', () => {
  expect(of({})).toEqual({ domain: 'inside' });
});

describe('outside, with the reason', () => {
  test.each([
    ['one MAC more', { macs: 1001 }, 'float32', '1001 MACs; the measurements end at 1000'],
    ['another type', {}, 'int8', 'measured in float32, not in int8'],
    [
      'other operators, each once',
      { ops: ['ADD', 'CONV_2D', 'ADD', 'MUL'] },
      'float32',
      'no measurement covers ADD, MUL',
    ],
    ['another kernel', { kernelSizes: [1, 5, 5] }, 'float32', 'measured with kernels of 1, 3, not 5'],
    [
      'several reasons',
      { macs: 2000, kernelSizes: [7] },
      'float32',
      'measured with kernels of 1, 3, not 7; 2000 MACs; the measurements end at 1000',
    ],
  ])('%s', (_, change, dtype, why) => {
    expect(of(change, dtype)).toEqual({ domain: 'extrapolated', why });
  });

  test('of a board that nobody measured everything is', () => {
    expect(domainOf(MODEL as never, 'float32', {})).toEqual({
      domain: 'extrapolated',
      why: 'no measurement of this board was fitted',
    });
  });
});

test('of a board that has no rows of its own it says so, and by how much it may be off', () => {
  const doubt = { factor: 1.6, grade: 'estimate', source: 'core and data sheet' } as const;
  expect(domainOf(MODEL as never, 'float32', { doubt })).toEqual({
    domain: 'extrapolated',
    why: 'estimate, x/÷ 1.6 or more: core and data sheet',
  });
});
