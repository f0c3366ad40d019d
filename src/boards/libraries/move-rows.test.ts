import { describe, expect, it } from 'vitest';
import { countedErrors } from '../../../test/support/kernel-eval-counts.ts';

const MOVES = [
  'pad',
  'concatenation',
  'split',
  'pack',
  'unpack',
  'slice',
  'strided_slice',
  'transpose',
  'resize_bilinear',
  'resize_nearest_neighbor',
  'transpose_conv',
  'quantize',
  'dequantize',
];

const mean = (errors: readonly number[]) => errors.reduce((sum, error) => sum + error, 0) / errors.length;

// Vectorised copies of -O3 depend on the rest of each row, and so do CMSIS-NN's.
describe.each([
  ['tflm-reference', '-O2', 3.5, 13],
  ['tflm-reference', '-Os', 3, 11],
  ['tflm-reference', '-O3', 11.5, 29],
] as const)('%s %s: prices are what was counted', (kernels, flags, average, worst) => {
  it.each(MOVES)(`%s within ${average} %% on average, ${worst} %% at worst`, (name) => {
    const errors = countedErrors(name, kernels, flags);
    expect(errors.length).toBeGreaterThanOrEqual(4);
    expect(mean(errors)).toBeLessThan(average);
    expect(Math.max(...errors)).toBeLessThan(worst);
  });
});

describe.each(['-O2', '-Os', '-O3'])('cmsis-nn %s: prices are what was counted', (flags) => {
  it.each([
    ['pad', 4],
    ['transpose', 37],
    ['transpose_conv', 9],
  ])('%s within %i %% on average', (name, average) => {
    expect(mean(countedErrors(name, 'cmsis-nn', flags))).toBeLessThan(average);
  });
});
