import { expect, test } from 'vitest';
import { blueOf, greenOf, packRgb565, redOf } from '../../pictures/rgb565.ts';
import { equalize } from './equalize.ts';

test('grey values become the share of pixels that are not brighter', () => {
  const pixels = Uint8Array.of(100, 101, 100, 102, 101, 100, 110, 100);
  equalize({ width: 4, height: 2, format: 'grayscale', pixels });
  // Four, two, one and one of eight: 255 x 4/8, 6/8, 7/8 and 8/8, rounded down.
  expect([...pixels]).toEqual([127, 191, 127, 223, 191, 127, 255, 127]);
});

test('equalizing what is flat already changes nothing but the darkest', () => {
  const pixels = Uint8Array.from({ length: 256 }, (_, value) => value);
  equalize({ width: 16, height: 16, format: 'grayscale', pixels });
  expect([...pixels]).toEqual(
    Array.from({ length: 256 }, (_, value) => Math.floor((255 * (value + 1)) / 256)),
  );
});

test('a colour gets brighter and keeps its hue', () => {
  const dark = packRgb565(40, 16, 16);
  const pixels = Uint16Array.of(0, dark);
  equalize({ width: 2, height: 1, format: 'rgb565', pixels });
  const [red, green, blue] = [redOf(pixels[1]), greenOf(pixels[1]), blueOf(pixels[1])];
  expect([red, green > 240, blue > 240]).toEqual([255, true, true]);
  const grey = [redOf(pixels[0]), greenOf(pixels[0]), blueOf(pixels[0])];
  for (const part of grey) expect(Math.abs(part - 127)).toBeLessThan(8);
});
