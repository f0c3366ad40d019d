import { expect, test } from 'vitest';
import { blendOf, combine, COMBINATIONS } from './combine.ts';

const grey = (...pixels: number[]) => ({
  ...{ width: pixels.length, height: 1, format: 'grayscale' as const },
  pixels: Uint8Array.from(pixels),
});

// Worked out by hand from imlib's line operations.
test.each([
  ['and', 12, 10, 8],
  ['nor', 12, 10, 241],
  ['add', 200, 100, 255],
  ['sub', 100, 200, 0],
  ['rsub', 100, 230, 130],
  ['mul', 128, 128, 64],
  ['imul', 128, 128, 192],
  ['difference', 10, 30, 20],
  ['max', 10, 30, 30],
])('%s of %i and %i is %i', (name, own, other, expected) => {
  const image = grey(own);
  combine(image, () => other, COMBINATIONS[name]);
  expect([...image.pixels]).toEqual([expected]);
});

test('colours are combined field by field', () => {
  const image = { width: 1, height: 1, format: 'rgb565' as const, pixels: Uint16Array.of(0xf800) };
  combine(image, () => 0x0821, COMBINATIONS.difference);
  expect(image.pixels[0]).toBe((30 << 11) | (1 << 5) | 1);
});

test('blend keeps so many of 256 parts of the image itself', () => {
  const image = grey(200, 0);
  combine(image, () => 100, blendOf(64));
  expect([...image.pixels]).toEqual([125, 75]);
});
