import { describe, expect, it, test } from 'vitest';
import { parseIdx } from '../models/idx.ts';
import { paperCnn } from '../models/paper-cnn.ts';
import { buildGraph } from '../models/builder.ts';
import { firstImages, imageSide } from './dataset.ts';

/** An IDX file of bytes: two zeros, type 8, the rank, big-endian dimensions, the data. */
function idx(shape: readonly number[], data: readonly number[]): Uint8Array {
  const header = [0, 0, 8, shape.length, ...shape.flatMap((dimension) => [0, 0, 0, dimension])];
  return Uint8Array.from([...header, ...data]);
}

it('cuts MNIST to its first images', () => {
  const files = { images: idx([3, 1, 2], [1, 2, 3, 4, 5, 6]), labels: idx([3], [7, 8, 9]) };
  const cut = firstImages(files, 2);
  expect(parseIdx(cut.images, 'images')).toEqual({ shape: [2, 1, 2], data: Uint8Array.of(1, 2, 3, 4) });
  expect(parseIdx(cut.labels, 'labels')).toEqual({ shape: [2], data: Uint8Array.of(7, 8) });
});

test.each([14, 28])('a network of %i pixels takes digits of that side', (side) => {
  expect(imageSide(paperCnn({ filters: 1, side }))).toBe(side);
});

describe('no digits fit', () => {
  const net = (input: number[]) => buildGraph({ input, layers: 'flatten | dense 10' }, 'net');
  test.each([
    ['colour', net([14, 14, 3]), /^net: takes 1 inputs, the first \[1, 14, 14, 3\]; MNIST's digits/],
    ['oblong images', net([14, 28, 1]), /MNIST's digits need one of \[1, side, side, 1\]/],
    ['a row of numbers', net([196]), /the first \[1, 196\]/],
    [
      'huge images',
      net([512, 512, 1]),
      /^net: takes images of 512 pixels a side; MNIST is prepared up to 128/,
    ],
  ])('%s', (_, graph, message) => {
    expect(() => imageSide(graph)).toThrow(message);
  });
});
