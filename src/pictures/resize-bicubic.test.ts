import { expect, test } from 'vitest';
import { resizeBicubic } from './resize-bicubic.ts';
import { toPlanar } from './planar.ts';

const line = (...values: number[]) => Uint8Array.from(values);
const row = (width: number) => ({ width, height: 1, channels: 1 });

test('a flat picture stays flat at any size', () => {
  const pixels = new Uint8Array(7 * 5 * 3).fill(93);
  const resized = resizeBicubic(pixels, { width: 7, height: 5, channels: 3 }, { width: 14, height: 3 });
  expect(resized).toEqual(new Uint8Array(14 * 3 * 3).fill(93));
});

test('a picture of the right size is kept as it is', () => {
  expect(resizeBicubic(line(1, 2, 3), row(3), { width: 3, height: 1 })).toEqual(line(1, 2, 3));
});

// By hand from the cubic with a = -0.5: 111, 29, -9, -3 of 128 at distances 0.25, 0.75, 1.25, 1.75.
test('twice as large: a quarter from the centre, by the cubic', () => {
  const resized = resizeBicubic(line(0, 0, 128, 128), row(4), { width: 8, height: 1 });
  expect([...resized.subarray(3, 5)]).toEqual([29 - 3, 111 - 9]);
});

test('half as large: the cubic is twice as wide, and what passes the border is left out', () => {
  const resized = resizeBicubic(line(0, 0, 0, 0, 200, 200, 200, 200), row(8), { width: 4, height: 1 });
  const last = Math.round((200 * (111 + 111 + 29 - 9)) / (111 + 111 + 29 - 9 - 3));
  expect([resized[0], resized[3]]).toEqual([0, last]);
});

test('planar: one channel after the other', () => {
  expect(toPlanar(line(1, 10, 2, 20, 3, 30), { h: 1, w: 3, c: 2 })).toEqual(line(1, 2, 3, 10, 20, 30));
  expect(toPlanar(line(4, 5), { h: 1, w: 1, c: 2 })).toEqual(line(4, 5));
});
