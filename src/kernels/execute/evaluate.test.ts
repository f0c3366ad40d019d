import { describe, expect, it, test } from 'vitest';
import type { DType, Graph, Quantization } from '../../models/graph/graph.ts';
import type { ImageSet } from '../../datasets/mnist.ts';
import { evaluateClassifier } from './evaluate.ts';

/** Names the brightest of four pixels: the pixels themselves are the scores. */
function brightest(dtype: DType, quantization?: Quantization): Graph {
  const rest = { dtype, ...(quantization && { quantization }) };
  return {
    name: 'brightest',
    format: 'builder',
    tensors: [
      { name: 'image', shape: [1, 2, 2, 1], ...rest },
      { name: 'scores', shape: [1, 4], ...rest },
    ],
    nodes: [{ op: 'RESHAPE', attributes: { newShape: [1, 4] }, inputs: [0], outputs: [1] }],
    inputs: [0],
    outputs: [1],
    fileBytes: 0,
  };
}

const PIXELS = [0, 1, 0.5, 0, 0.2, 0.1, 0.1, 0.9, 0.3, 0.3, 0, 0];
const images: ImageSet = {
  count: 3,
  side: 2,
  pixels: Float32Array.from(PIXELS),
  labels: Uint8Array.of(1, 2, 0),
};

test.each([
  ['float32', undefined],
  ['int8', { scales: [1 / 255], zeroPoints: [-128], axis: 0 }],
  ['uint8', { scales: [1 / 255], zeroPoints: [0], axis: 0 }],
] as const)('counts hits and confusions in %s, the first of equal scores winning', (dtype, quantization) => {
  expect(evaluateClassifier(brightest(dtype, quantization), images)).toEqual({
    accuracy: 2 / 3,
    confusion: [
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 0, 1],
      [0, 0, 0, 0],
    ],
  });
});

describe('what does not fit is told in one line', () => {
  it('images of another size', () => {
    const set = { ...images, side: 1 };
    expect(() => evaluateClassifier(brightest('float32'), set)).toThrow(
      /takes \[1,2,2,1\], the images are 1x1/,
    );
  });

  it('more labels than classes', () => {
    const set = { ...images, labels: Uint8Array.of(1, 2, 9) };
    expect(() => evaluateClassifier(brightest('float32'), set)).toThrow(
      /scores 4 classes, but the labels go from 0 to 9/,
    );
  });
});
