import { describe, expect, it, test } from 'vitest';
import { buildGraph } from '../../models/specs/builder.ts';
import { planTraining } from './train-options.ts';

const NOTHING = {
  filters: undefined,
  kernel: undefined,
  side: undefined,
  batchnorm: false,
  pool: undefined,
  layers: undefined,
};
const opsOf = (args: Partial<Parameters<typeof planTraining>[0]>) =>
  buildGraph(planTraining({ ...NOTHING, ...args }, 128).spec).nodes.map(({ op }) => op);

it("is the paper's network with 8 filters unless told otherwise", () => {
  expect(planTraining(NOTHING, 128).paper).toEqual({ filters: 8, kernel: 3, side: 14 });
});

it('puts pooling before the dense layer, and batch normalization where it folds away', () => {
  const paper = ['CONV_2D', 'RESHAPE', 'FULLY_CONNECTED'];
  expect(opsOf({})).toEqual(paper);
  expect(opsOf({ batchnorm: true })).toEqual(paper);
  expect(opsOf({ batchnorm: true, pool: 'max' })).toEqual(['CONV_2D', 'MAX_POOL_2D', ...paper.slice(1)]);
  expect(opsOf({ pool: 'avg', kernel: 5 })).toEqual(['CONV_2D', 'AVERAGE_POOL_2D', ...paper.slice(1)]);
});

it('takes a chain of layers', () => {
  expect(opsOf({ layers: 'conv 4 5x5 same relu | flatten | dense 10', side: 28 })).toHaveLength(3);
});

describe('an absurd network is rejected in one line', () => {
  test.each([
    [{ filters: 0 }, /^--filters must be a whole number above 0, got 0$/],
    [{ kernel: 1.5 }, /^--kernel must be a whole number above 0, got 1.5$/],
    [{ side: Number.NaN }, /^--size must be a whole number above 0, got NaN$/],
    [{ side: 500 }, /^--size 500: the images take too much memory; at most 64$/],
    [{ filters: 100_000 }, /^training this network takes about [\d.]+ GiB, more than 2; use fewer filters/],
    [{ filters: 1, layers: 'flatten | dense 10' }, /^--layers says what all layers are; leave out --filters/],
    [{ layers: 'flatten | dense' }, /layer 2/],
    [{ side: 1, pool: 'max' as const }, /a valid 2x2 window does not fit into 1x1 pixels/],
  ])('%j', (args, message) => {
    expect(() => planTraining({ ...NOTHING, ...args }, 128)).toThrow(message);
  });
});
