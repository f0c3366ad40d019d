import { describe, expect, test } from 'vitest';
import { floats, IO, OUT, runLayer } from '../../../../test/support/kmodel-layer.ts';
import type { KmodelLayer } from '../../../models/formats/kmodel/layers.ts';
import type { KmodelKernels } from './kernels.ts';

const { fround } = Math;
const first = (layer: KmodelLayer, input: Float32Array, kernels: KmodelKernels) =>
  runLayer(layer, input, kernels).floats(OUT, 1)[0];
const both = (layer: KmodelLayer, input: Float32Array) =>
  (['maixpy', 'sdk'] as const).map((kernels) => first(layer, input, kernels));

/** One output of these weights, all inputs being 1. */
function dense(weights: readonly number[], act = 0): [KmodelLayer, Float32Array] {
  const tail = { weights: floats(...weights), bias: floats(0) };
  const layer = {
    ...IO,
    type: 'FullyConnected',
    in_channels: weights.length,
    out_channels: 1,
    act,
    tail,
  } as const;
  return [layer, floats(...weights.map(() => 1))];
}

describe("a float Dense in MaixPy's library and in the SDK (docs/hardware/k210.md#cpu-layers-in-maixpy)", () => {
  // 2^24 + 1 is no float32: a 1 alone is lost beside 2^24, two of them together are not.
  const eight = [2 ** 24, 0, 0, 0, 0, 0, 0, 0];

  test('of a multiple of 8 inputs the first two of each 8 are summed apart', () => {
    expect(both(...dense([...eight, 1, 1, 0, 0, 0, 0, 0, 0]))).toEqual([2 ** 24 + 2, 2 ** 24]);
  });

  test('the other six are added one by one', () => {
    expect(both(...dense([...eight, 0, 0, 1, 1, 1, 1, 1, 1]))).toEqual([2 ** 24, 2 ** 24]);
  });

  test('of another count all are added one by one', () => {
    expect(both(...dense([...eight, 1, 1]))).toEqual([2 ** 24, 2 ** 24]);
  });

  test.each([
    [1, [-3, 0]],
    [2, [-3, 0]],
  ])('activation %i is applied by the SDK alone', (act, expected) => {
    expect(both(...dense([-3], act))).toEqual(expected);
  });
});

test('a mean is a sum times a rounded reciprocal in MaixPy, a division in the SDK', () => {
  const layer = { ...IO, type: 'GlobalAveragePool2d', kernel_size: 3, channels: 1 } as const;
  expect(both(layer, floats(5, 0, 0))).toEqual([fround(5 * fround(1 / 3)), fround(5 / 3)]);
});

test('a softmax too', () => {
  const layer = { ...IO, type: 'Softmax', channels: 3 } as const;
  const [a, b] = [fround(Math.exp(-1)), fround(Math.exp(-2))];
  const sum = fround(fround(1 + a) + b);
  const input = floats(3, 2, 1);
  const of = (kernels: KmodelKernels) => [...runLayer(layer, input, kernels).floats(OUT, 3)];
  expect(of('maixpy')).toEqual([1, a, b].map((value) => fround(value * fround(1 / sum))));
  expect(of('sdk')).toEqual([1, a, b].map((value) => fround(value / sum)));
});
