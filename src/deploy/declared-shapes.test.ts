import { describe, expect, test } from 'vitest';
import { oneOp } from '../../test/support/one-op.ts';
import { boardById } from '../boards/index.ts';
import type { Graph } from '../models/graph/graph.ts';
import { deploy } from './index.ts';

const real = (shape: number[]) => ({ shape, dtype: 'float32' as const });
const constant = (shape: number[], bytes: number) => ({ ...real(shape), data: new Uint8Array(bytes) });
const attributes = {
  padding: 'SAME',
  strideH: 1,
  strideW: 1,
  dilationH: 1,
  dilationW: 1,
  activation: 'NONE',
} as const;

const conv = (input: number[], weights: number[], output: number[]): Graph => ({
  ...oneOp(
    'CONV_2D',
    attributes,
    [real(input), constant(weights, 72), constant([weights[0]], 4 * weights[0])],
    real(output),
  ),
  format: 'tflite',
});

describe.each(['openmv-h7-plus', 'maixduino'])('on %s', (board) => {
  test.each<[string, number[], number[], number[], string]>([
    ['an output of another shape', [1, 8, 8, 1], [2, 3, 3, 1], [1, 7, 9, 5], 'is [1,7,9,5] in the model'],
    ['a scalar for a picture', [], [2, 3, 3, 1], [1, 8, 8, 2], 'input [] has 0 dimensions, needs 4'],
    ['a picture of seven dimensions', [1, 1, 1, 8, 8, 1, 1], [2, 3, 3, 1], [1, 8, 8, 2], 'has 7 dimensions'],
    ['a kernel of nothing', [1, 8, 8, 1], [2, 0, 0, 1], [1, 8, 8, 2], 'kernel height is 0'],
    ['groups that do not divide', [1, 8, 8, 3], [4, 3, 3, 2], [1, 8, 8, 4], 'weights read 2 channels'],
  ])('%s is refused by op and index', (_, input, weights, output, message) => {
    const act = () => deploy(conv(input, weights, output), boardById(board));
    expect(act).toThrow(message);
    expect(act).toThrow(/^op 0\b.*CONV_2D/);
  });

  test('shapes that fit are deployed', () => {
    expect(() => deploy(conv([1, 8, 8, 1], [2, 3, 3, 1], [1, 8, 8, 2]), boardById(board))).not.toThrow();
  });
});
