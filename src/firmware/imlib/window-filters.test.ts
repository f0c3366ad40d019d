import { expect, test } from 'vitest';
import { midpointFilter } from './midpoint.ts';
import { convolve, gaussianKernel, laplacianKernel, meanFilter } from './window-filters.ts';

const grey = (...pixels: number[]) => ({
  ...{ width: pixels.length, height: 1, format: 'grayscale' as const },
  pixels: Uint8Array.from(pixels),
});

// Worked out by hand from filter.c and py_image.c of OpenMV 3.9.
test('a mean over boxes repeats the border', () => {
  const image = grey(0, 30, 60);
  meanFilter(image, 1);
  expect([...image.pixels]).toEqual([10, 30, 50]);
});

test('a midpoint lies so far from the least to the largest; what is the least so far is never the largest', () => {
  const image = grey(0, 30, 60);
  midpointFilter(image, 1, 0.5);
  // Windows of three equal rows: 0 0 30, 0 30 60, 30 60 60.
  expect([...image.pixels]).toEqual([15, 30, 45]);
  const falling = { ...grey(60), width: 1, height: 1 };
  midpointFilter(falling, 0, 1);
  expect([...falling.pixels]).toEqual([60]);
});

test('kernels are products of a row of the triangle of Pascal', () => {
  const row = [1, 2, 1];
  expect(gaussianKernel(1, false)).toEqual({ row, sign: 1, centre: 0, factor: 1 / 16 });
  expect(gaussianKernel(1, true)).toEqual({ row, sign: 1, centre: -32, factor: -1 / 16 });
  // The one in the middle of the products is 4: 16 - 4 is 12, twice that 24.
  expect(laplacianKernel(1, false)).toEqual({ row, sign: -1, centre: 12 + 4, factor: 1 / 12 });
  expect(laplacianKernel(1, true)).toEqual({ row, sign: -1, centre: 24 + 4, factor: 1 / 12 });
});

test('a weighted sum has 16 bits behind its point, and stays in its field', () => {
  const image = grey(0, 160, 160);
  convolve(image, gaussianKernel(1, false), 0);
  // In one row: a quarter, a half, a quarter.
  expect([...image.pixels]).toEqual([40, 120, 160]);
  const edges = grey(0, 160, 160);
  convolve(edges, laplacianKernel(1, false), 0);
  // (16 v - 4 (l + 2 v + r)) times 5461 of 65536: -640, 640 and 0.
  expect([...edges.pixels]).toEqual([0, 53, 0]);
  const colour = { width: 1, height: 1, format: 'rgb565' as const, pixels: Uint16Array.of(0xf81f) };
  convolve(colour, { row: [1], sign: 1, centre: 0, factor: 2 }, 3);
  expect(colour.pixels[0]).toBe(0xf81f | (3 << 5));
});

test('a window is looked at row by row: what falls from its first pixel on is never the largest', () => {
  const middle = (rows: number[][]) => {
    const pixels = Uint8Array.from(rows.flat());
    midpointFilter({ width: 3, height: 3, format: 'grayscale', pixels }, 1, 1);
    return pixels[4];
  };
  expect(
    middle([
      [90, 80, 70],
      [60, 50, 40],
      [30, 20, 10],
    ]),
  ).toBe(10);
  expect(
    middle([
      [90, 80, 70],
      [75, 50, 40],
      [30, 20, 10],
    ]),
  ).toBe(75);
  expect(
    middle([
      [90, 80, 70],
      [60, 50, 55],
      [30, 20, 10],
    ]),
  ).toBe(55);
  expect(
    middle([
      [90, 10, 20],
      [60, 50, 55],
      [30, 20, 90],
    ]),
  ).toBe(90);
  expect(
    middle([
      [255, 80, 70],
      [60, 50, 40],
      [30, 20, 10],
    ]),
  ).toBe(255);
});

test('a window larger than the image takes all of it, its border again and again', () => {
  const image = grey(0, 90);
  meanFilter(image, 1000);
  // 1001 columns and 1000 of the other one, and the reverse.
  expect([...image.pixels]).toEqual([Math.trunc((90 * 1000) / 2001), Math.trunc((90 * 1001) / 2001)]);
});
