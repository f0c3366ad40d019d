import { expect, test } from 'vitest';
import { correctLens } from './lens-correction.ts';

const LENS = { strength: 1.8, zoom: 1, offsetX: 0, offsetY: 0 };

/** What becomes of a grey image whose pixels are their own places, counted from 1. */
function corrected(width: number, height: number, lens: Partial<typeof LENS> = {}) {
  const from = Uint8Array.from({ length: width * height }, (_, at) => at + 1);
  const image = { width, height, format: 'grayscale' as const, pixels: from.slice() };
  correctLens(image, from, { ...LENS, ...lens });
  return [...image.pixels];
}

// By hand: the diagonal of 6 x 4 is 7.2111, so a whole distance of 3 is r = 0.7488, atan(r) / r = 0.8575 and one of 1 or
// 2 is 0.9799 and 0.9250. The corner (-3, -2), at 3.6, is taken from (-2.57, -1.72), the pixel (-3, -2) itself.
test('a weak bend leaves a small image as it is', () => {
  expect(corrected(6, 4)).toEqual(Array.from({ length: 24 }, (_, at) => at + 1));
});

// A strength of 6: r at the distance 3 is 2.4962 and the factor 0.4776; the corner comes from (-1.43, -0.96), which is
// (-1, -1). At 2, (-2, -1) has r = 1.6641 and 0.6189: (-1.24, -0.62) is (-1, -1). (-1, -1), at 1, has 0.8321 and
// 0.8338: itself. (-3, -1), at 3, is (-1.43, -0.48), so (-1, 0), which is the row below.
test('a strong one draws the rim in, in four mirrored quarters', () => {
  const result = corrected(6, 4, { strength: 6 });
  const at = (x: number, y: number) => y * 6 + x + 1;
  expect([result[0], result[5], result[18], result[23]]).toEqual([at(2, 1), at(3, 1), at(2, 2), at(3, 2)]);
  expect(result.slice(6, 12)).toEqual([at(2, 2), at(2, 1), at(2, 1), at(3, 1), at(3, 1), at(3, 2)]);
});

test('what lies outside, and the middle of odd sides, is black', () => {
  expect(corrected(3, 3).filter((_, at) => ![0, 2, 6, 8].includes(at))).toEqual([0, 0, 0, 0, 0]);
  expect(corrected(4, 2, { zoom: 0.25 })).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  expect(corrected(4, 2, { offsetX: 0.5 })).toEqual([3, 4, 0, 0, 7, 8, 0, 0]);
});
