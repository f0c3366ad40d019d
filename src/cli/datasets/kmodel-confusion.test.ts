import { expect, test } from 'vitest';
import type { ImageSet } from '../../datasets/mnist.ts';
import type { ReadyKmodel } from '../../experiments/ready-kmodel.ts';
import { evaluateKmodel, kmodelSide } from './kmodel-confusion.ts';

/** A network of one pixel and two classes, that takes a dark pixel for class 0 and a bright one for class 1. */
function oneOfTwo(dtype: 'uint8' | 'float32', seen: (Uint8Array | Float32Array)[] = []): ReadyKmodel {
  const run = (input: Uint8Array | Float32Array) => {
    seen.push(input);
    const bright = input[0] > (dtype === 'uint8' ? 127 : 0.5);
    return [Float32Array.of(Number(!bright), Number(bright))];
  };
  return { runner: { input: { dtype }, run }, shape: { h: 1, w: 1, c: 1 } } as unknown as ReadyKmodel;
}

const images = (pixels: number[], labels: number[]): ImageSet => ({
  count: labels.length,
  side: 1,
  pixels: Float32Array.from(pixels),
  labels: Uint8Array.from(labels),
});

test('images are counted by what they show and what they are taken for, a row a class', () => {
  // Shown 0, 0, 0, 1; taken for 0, 1, 0, 1: three of four are right.
  const set = images([0, 1, 0.25, 0.75], [0, 0, 0, 1]);
  expect(evaluateKmodel(oneOfTwo('uint8'), set, 'net')).toEqual({
    accuracy: 0.75,
    confusion: [
      [2, 1],
      [0, 1],
    ],
  });
});

test('a network of bytes is given round(255 x pixel), one of floats the pixel', () => {
  const asBytes: Uint8Array[] = [];
  const asFloats: Float32Array[] = [];
  const set = images([0.5], [0]);
  evaluateKmodel(oneOfTwo('uint8', asBytes), set, 'net');
  evaluateKmodel(oneOfTwo('float32', asFloats), set, 'net');
  expect([[...asBytes[0]], [...asFloats[0]]]).toEqual([[128], [0.5]]);
});

test('labels that the network has no class for are refused', () => {
  expect(() => evaluateKmodel(oneOfTwo('uint8'), images([0, 0], [0, 2]), 'net')).toThrow(
    'net: scores 2 classes, but the labels go from 0 to 2',
  );
});

test.each([
  ['oblong', { h: 1, w: 2, c: 1 }, 'net: takes 1x2 pixels of 1 channels'],
  ['colour', { h: 14, w: 14, c: 3 }, 'net: takes 14x14 pixels of 3 channels'],
])('a kmodel of %s pictures takes no digits', (_, shape, message) => {
  expect(() => kmodelSide({ ...oneOfTwo('uint8'), shape }, 'net')).toThrow(message);
});
