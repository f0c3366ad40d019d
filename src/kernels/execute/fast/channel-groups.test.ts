import fc from 'fast-check';
import { expect, test } from 'vitest';
import { activation, constant, drawInput, drawIntegers, oneOp } from '../../../../test/support/one-op.ts';
import { createExecutor } from '../executor.ts';
import { packChannels } from './channel-groups.ts';
import { GROUP } from './parameters.ts';

const CHANNELS = 16;
const PIXELS = 40;

const anyZero = fc.integer({ min: -128, max: 127 });
/** 2^-34 to 2^4: from channels that are silent to those whose rescaling is a shift to the left. */
const anyScale = fc.double({ min: -34, max: 4, noNaN: true }).map((power) => Math.fround(2 ** power));
/** Scales that nearly all channels have, for which there is code of its own. */
const usualScale = fc.double({ min: -13, max: -8, noNaN: true }).map((power) => Math.fround(2 ** power));
const ofChannels = (scale: fc.Arbitrary<number>) =>
  fc.array(scale, { minLength: CHANNELS, maxLength: CHANNELS });
const anyCase = fc.record({
  seed: fc.nat(1e6),
  scales: fc.oneof(ofChannels(anyScale), ofChannels(usualScale)),
  biasShift: fc.integer({ min: 0, max: 15 }),
  taps: fc.integer({ min: 1, max: 40 }),
  zeros: fc.tuple(anyZero, fc.oneof(fc.constant(-128), anyZero)),
});

test('channels of any scales and biases give what the plain loops give', () => {
  fc.assert(
    fc.property(anyCase, ({ seed, scales, biasShift, taps, zeros }) => {
      const input = activation([1, PIXELS, 1, taps], 'int8', 1, zeros[0]);
      const weights = constant(
        drawIntegers(seed, CHANNELS * taps, 'int8'),
        [CHANNELS, 1, 1, taps],
        'int8',
        scales,
      );
      const biases = drawIntegers(seed, CHANNELS, 'int32').map((value) => value * 2 ** biasShift);
      const window = { padding: 'SAME', strideH: 1, strideW: 1, dilationH: 1, dilationW: 1 } as const;
      const graph = oneOp(
        'CONV_2D',
        { ...window, activation: 'NONE' },
        [input, weights, constant(biases, [CHANNELS], 'int32')],
        activation([1, PIXELS, 1, CHANNELS], 'int8', 0.5, zeros[1]),
      );
      const values = drawInput(seed + 1, input);
      const run = (fast: boolean) => Array.from(createExecutor(graph, { fast }).run([values])[0], Number);
      expect(run(true)).toEqual(run(false));
    }),
    { numRuns: 400, seed: 17 },
  );
});

/** R - 1 of the first group, or -1, for eight channels of one weight each. */
function shiftOf(e: readonly number[], weights: readonly number[], bias = 0): number {
  const rescale = {
    q: Int32Array.from(e, () => 2 ** 30),
    e: Int32Array.from(e),
    ...{ inputZero: 0, weightZero: 0, outputZero: 0, low: -128, high: 127, wide: false },
  };
  const op = {
    rescale,
    channels: e.length,
    taps: Int32Array.of(0),
    channelStride: 1,
    lifted: 'weights',
  } as const;
  const biases = Int32Array.from(e, () => bias);
  return packChannels({ ...op, bias: biases, weights: Int8Array.from(weights) }, 2 * GROUP).constants[0];
}

test('a group is shifted as usual, else one bit more than its longest, unless a weight or an accumulator would overflow', () => {
  expect(shiftOf([-6, -9], [127, 127])).toBe(13);
  // 127 * 2^(14 - 6) is the last that an int16 holds.
  expect(shiftOf([-5, -9], [127, 127], 2 ** 20)).toBe(10);
  expect(shiftOf([2, 0], [1, 1])).toBe(1);
  expect(shiftOf([-6, -12], [127, 127], 2 ** 20)).toBe(13);
  expect(shiftOf([-6, -13], [127, 127], 2 ** 20)).toBe(-1);
  expect(shiftOf([-6, -7], [127, 127], 2 ** 28 - 127 * 128)).toBe(8);
  expect(shiftOf([-6, -7], [127, 127], 2 ** 28)).toBe(-1);
});

test('a channel that cannot leave its zero point does not stand in the way of the others', () => {
  expect(shiftOf([-5, -31], [127, 1])).toBe(6);
});
