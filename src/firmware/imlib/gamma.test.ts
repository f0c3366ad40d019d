import { expect, test } from 'vitest';
import { correctGamma } from './gamma.ts';

const VALUES = [0, 1, 10, 55, 100, 145, 190, 235];

// From a program in C with fast_powf of imlib's fmath.c and the loop of mathop.c.
test.each([
  { gamma: 1, contrast: 1, brightness: 0, expected: [0, 0, 10, 55, 99, 144, 190, 235] },
  { gamma: 1, contrast: 1.6, brightness: -0.1, expected: [0, 0, 0, 62, 134, 206, 255, 255] },
  { gamma: 0.6, contrast: 1, brightness: 0, expected: [0, 0, 1, 19, 52, 102, 151, 226] },
  { gamma: 0.6, contrast: 1.6, brightness: -0.1, expected: [0, 0, 0, 6, 58, 137, 217, 255] },
  { gamma: 2, contrast: 1, brightness: 0, expected: [0, 15, 50, 116, 160, 196, 218, 241] },
  { gamma: 2.2, contrast: 1.6, brightness: -0.1, expected: [0, 8, 66, 171, 243, 255, 255, 255] },
])(
  'gamma $gamma, contrast $contrast, brightness $brightness',
  ({ gamma, contrast, brightness, expected }) => {
    const pixels = Uint8Array.from(VALUES);
    correctGamma(
      { width: VALUES.length, height: 1, format: 'grayscale', pixels },
      gamma,
      contrast,
      brightness,
    );
    expect([...pixels]).toEqual(expected);
  },
);

test('a colour is corrected field by field', () => {
  const pixels = Uint16Array.of((31 << 11) | (63 << 5), 31);
  correctGamma({ width: 2, height: 1, format: 'rgb565', pixels }, 1, 0.5, 0);
  const [red, green, blue] = [pixels[0] >> 11, (pixels[0] >> 5) & 63, pixels[1] & 31];
  // The power of 1 is 1 but for the last bits, half of the most is rounded down.
  expect([red, green, blue]).toEqual([15, 31, 15]);
});
