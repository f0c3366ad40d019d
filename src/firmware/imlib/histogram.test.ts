import { expect, test } from 'vitest';
import { seededWords } from '../../seeded-random.ts';
import { histogram, otsuOf, percentileOf, statisticsOf } from './histogram.ts';

const GREY = { low: 0, high: 255 };
const rasterOf = (pixels: readonly number[]) => ({
  ...{ width: pixels.length, height: 1, format: 'grayscale' as const },
  pixels: Uint8Array.from(pixels),
});
const wholeOf = (width: number) => ({ x: 0, y: 0, width, height: 1 });
const binsOf = (...pixels: number[]) => histogram(rasterOf(pixels), wholeOf(pixels.length))[0];

// 0, 0, 10, 30: mean 10, variance (100 + 100 + 0 + 400) / 4 = 150, root 12.2.
test('statistics of a grey image', () => {
  expect(statisticsOf(binsOf(30, 0, 10, 0), GREY)).toEqual({
    ...{ mean: 10, median: 0, mode: 0, stdev: 12, min: 0, max: 30, lq: 0, uq: 10 },
  });
});

test('a percentile is the value at which so much lies below or at it; few bins stand for their values', () => {
  const bins = binsOf(0, 50, 100, 150);
  expect([0.1, 0.5, 0.51, 1].map((share) => percentileOf(bins, GREY, share))).toEqual([0, 50, 100, 150]);
  const six = histogram(rasterOf([0, 51, 102, 255]), wholeOf(4), { bins: [6] })[0];
  expect([...six]).toEqual([0.25, 0.25, 0.25, 0, 0, 0.25]);
  expect(statisticsOf(six, GREY)).toMatchObject({ mean: 102, min: 0, max: 255 });
});

test('the threshold parts two heaps of values', () => {
  expect(otsuOf(binsOf(10, 12, 11, 200, 210), GREY)).toBe(12);
});

/** Squares within the two classes that a threshold makes. */
function costOf(pixels: readonly number[], threshold: number): number {
  const spread = (part: readonly number[]) => {
    const mean = part.reduce((sum, pixel) => sum + pixel, 0) / part.length;
    return part.reduce((sum, pixel) => sum + (pixel - mean) ** 2, 0);
  };
  return (
    spread(pixels.filter((pixel) => pixel <= threshold)) + spread(pixels.filter((pixel) => pixel > threshold))
  );
}

test('the threshold leaves the least squares within the classes', () => {
  const word = seededWords(5);
  for (let trial = 0; trial < 40; trial++) {
    const pixels = Array.from({ length: 9 }, () => word() % 12);
    const least = Math.min(...pixels.map((pixel) => costOf(pixels, pixel)));
    expect([pixels, costOf(pixels, otsuOf(binsOf(...pixels), GREY))]).toEqual([
      pixels,
      expect.closeTo(least, 6),
    ]);
  }
});

test('pixels that are not chosen are not counted; of a colour image L, A and B are', () => {
  const colours = {
    ...rasterOf([0xf800, 0, 0xffff]),
    format: 'rgb565' as const,
    pixels: Uint16Array.of(0xf800, 0, 0xffff),
  };
  const [l, a, b] = histogram(colours, wholeOf(3), { test: (pixel) => pixel !== 0 });
  expect([l[53], l[100], a[80 + 128], b[67 + 128], l[0]]).toEqual([0.5, 0.5, 0.5, 0.5, 0]);
});
