import { expect, test } from 'vitest';
import { labTable } from './lab.ts';

const labOf = (pixel: number) => [...labTable().subarray(3 * pixel, 3 * pixel + 3)];

// Published values of CIELAB at D65: 53.24 80.09 67.20, 87.73 -86.18 83.18, 32.30 79.19 -107.86.
test.each([
  ['black', 0, [0, 0, 0]],
  ['white', 0xffff, [100, 0, 0]],
  ['red', 0xf800, [53, 80, 67]],
  ['green', 0x07e0, [88, -86, 83]],
  ['blue', 0x001f, [32, 79, -108]],
])('%s has its place in CIELAB', (_, pixel, lab) => {
  expect(labOf(pixel)).toEqual(lab);
});
