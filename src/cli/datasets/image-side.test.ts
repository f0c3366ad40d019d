import { describe, expect, test } from 'vitest';
import { buildGraph } from '../../models/specs/builder.ts';
import { paperCnn } from '../../models/specs/paper-cnn.ts';
import { imageSide } from './image-side.ts';

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
