import { expect, test } from 'vitest';
import { convolve, gaussianKernel, laplacianKernel, meanFilter, midpointFilter } from './window-filters.ts';

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
  const gaussian = row.flatMap((a) => row.map((b) => a * b));
  expect(gaussianKernel(1, false)).toEqual({ weights: gaussian, factor: 1 / 16 });
  expect(gaussianKernel(1, true)).toEqual({ weights: gaussian.with(4, 4 - 32), factor: -1 / 16 });
  const laplacian = gaussian.map((weight) => -weight);
  expect(laplacianKernel(1, false)).toEqual({ weights: laplacian.with(4, 12), factor: 1 / 12 });
  expect(laplacianKernel(1, true)).toEqual({ weights: laplacian.with(4, 24), factor: 1 / 12 });
});

test('a weighted sum has 16 bits behind its point, and stays in its field', () => {
  const image = grey(0, 160, 160);
  convolve(image, 1, gaussianKernel(1, false), 0);
  // In one row: a quarter, a half, a quarter.
  expect([...image.pixels]).toEqual([40, 120, 160]);
  const edges = grey(0, 160, 160);
  convolve(edges, 1, laplacianKernel(1, false), 0);
  // (16 v - 4 (l + 2 v + r)) times 5461 of 65536: -640, 640 and 0.
  expect([...edges.pixels]).toEqual([0, 53, 0]);
  const colour = { width: 1, height: 1, format: 'rgb565' as const, pixels: Uint16Array.of(0xf81f) };
  convolve(colour, 0, { weights: [1], factor: 2 }, 3);
  expect(colour.pixels[0]).toBe(0xf81f | (3 << 5));
});
