import { expect, test } from 'vitest';
import { erodeOrDilate } from './erode-dilate.ts';

function changed(rows: string[], threshold: number, dilates: boolean) {
  const width = rows[0].length;
  const pixels = Uint8Array.from(rows.join(''), (letter) => (letter === '#' ? 255 : 0));
  erodeOrDilate({ width, height: rows.length, format: 'grayscale', pixels }, 1, threshold, dilates);
  return rows.map((_, y) =>
    [...pixels.subarray(y * width, (y + 1) * width)].map((pixel) => (pixel ? '#' : '.')).join(''),
  );
}

const SQUARE = ['.......', '.#####.', '.#####.', '.#####.', '.......'];

test('erosion leaves what is set all around, dilation sets what has a set neighbour', () => {
  expect(changed(SQUARE, 8, false)).toEqual(['.......', '.......', '..###..', '.......', '.......']);
  expect(changed(['.....', '..#..', '.....'], 0, true)).toEqual(['.###.', '.###.', '.###.']);
});

test('the threshold says how many neighbours keep a pixel, and how many set one', () => {
  expect(changed(SQUARE, 3, false)).toEqual(SQUARE);
  expect(changed(SQUARE, 4, false)).toEqual(['.......', '..###..', '.#####.', '..###..', '.......']);
  const corners = ['.....', '.#.#.', '.....', '.#.#.', '.....'];
  expect(changed(corners, 3, true)).toEqual(['.....', '.#.#.', '..#..', '.#.#.', '.....']);
});

test('the border repeats, so that a full image stays', () => {
  expect(changed(['###', '###', '###'], 8, false)).toEqual(['###', '###', '###']);
});
