import { describe, expect, test } from 'vitest';
import { clipRectangle, convertInto, copyRectangle, makeImage, writePlanes } from './guest-image.ts';
import type { GuestFormat } from './guest-image.ts';
import { insideAny } from '../imlib/thresholds.ts';
import { binarize, invert, meanPool, rgbOf, stretchCharacter } from './pixel-operations.ts';

function imageOf(width: number, pixels: readonly number[], format: GuestFormat = 'grayscale') {
  const image = makeImage(width, pixels.length / width, format);
  image.pixels.set(pixels);
  return image;
}
const GREY_9 = [0, 1, 2, 3, 4, 5, 6, 7, 8];

// Expected values are worked out by hand from py_image.c and imlib of both firmwares.
describe('operations on pixels', () => {
  test('invert turns every bit', () => {
    const grey = imageOf(3, [0, 100, 255]);
    invert(grey);
    expect([...grey.pixels]).toEqual([255, 155, 0]);
    const colour = imageOf(2, [0xf800, 0xffff], 'rgb565');
    invert(colour);
    expect([...colour.pixels]).toEqual([0x07ff, 0]);
  });

  // Mean 300 / 4 = 75, largest 200: 100 becomes 25 x 255 / 125 = 51. Corners: 51 / (1 + 32 x 1 / 16) = 17.
  test.each([
    ['without fading', false, [0, 0, 51, 255]],
    ['fading to the corners', true, [0, 0, 17, 255]],
  ])('strech_char %s', (_, deDark, expected) => {
    const image = imageOf(2, [0, 0, 100, 200]);
    stretchCharacter(image, deDark);
    expect([...image.pixels]).toEqual(expected);
  });

  test('strech_char of one grey is black: the K210 divides by zero to -1', () => {
    const image = imageOf(2, [9, 9, 9, 9]);
    stretchCharacter(image, false);
    expect([...image.pixels]).toEqual([0, 0, 0, 0]);
  });

  test.each([
    ['2 x 2 of 3 x 3: boxes begin at 0', 3, GREY_9, 2, [2]],
    ['3 x 3 of 5 x 5: boxes begin at 1', 5, Array.from({ length: 25 }, (_, at) => at), 3, [12]],
  ])('mean_pool, %s', (_, side, pixels, divisor, expected) => {
    const image = imageOf(side, pixels);
    const target = makeImage(1, 1, 'grayscale', image.pixels.buffer as ArrayBuffer);
    meanPool(image, target, divisor, divisor);
    expect([...target.pixels]).toEqual(expected);
  });

  test('mean_pool of colours takes the mean of each field', () => {
    const image = imageOf(2, [0xf800, 0x0000, 0x07e0, 0x001f], 'rgb565');
    const target = makeImage(1, 1, 'rgb565');
    meanPool(image, target, 2, 2);
    // 31 / 4 = 7, 63 / 4 = 15, 31 / 4 = 7
    expect([...target.pixels]).toEqual([(7 << 11) | (15 << 5) | 7]);
  });

  test.each([
    ['one range', [[10, 20]], {}, [0, 255, 255, 0]],
    ['two ranges', [[0, 9], [20, 20]], {}, [255, 0, 255, 0]], // prettier-ignore
    ['turned', [[10, 20]], { inverts: true }, [255, 0, 0, 255]],
    ['each range turned for itself', [[0, 9], [10, 255]], { inverts: true }, [255, 255, 255, 255]], // prettier-ignore
    ['to zero', [[10, 20]], { zeroes: true }, [9, 0, 0, 21]],
  ])('binary, %s', (_, ranges, options, expected) => {
    const image = imageOf(4, [9, 10, 20, 21]);
    const { inverts = false, zeroes = false }: { inverts?: boolean; zeroes?: boolean } = options;
    const thresholds = ranges.map(([low, high]) => [low, high, -128, 127, -128, 127] as const);
    binarize(image, insideAny('grayscale', thresholds, inverts), zeroes);
    expect([...image.pixels]).toEqual(expected);
  });

  test('binary of colours goes by their L, A and B', () => {
    const image = imageOf(3, [0xf800, 0x07e0, 0xffff], 'rgb565');
    binarize(image, insideAny('rgb565', [[30, 100, 15, 127, 15, 127]], false));
    expect([...image.pixels]).toEqual([0xffff, 0, 0]);
  });

  test('a pixel as red, green and blue', () => {
    expect(rgbOf(imageOf(1, [7]), 7)).toBe(0x070707);
    expect(rgbOf(imageOf(1, [0], 'rgb565'), 0x8410)).toBe(0x848284);
  });
});

describe('between formats and places', () => {
  test('grey becomes colour in its own memory, and comes back with five or six bits', () => {
    const memory = new ArrayBuffer(6);
    const grey = makeImage(3, 1, 'grayscale', memory);
    grey.pixels.set([255, 8, 0]);
    const colour = makeImage(3, 1, 'rgb565', memory);
    convertInto(grey, colour, 'openmv');
    expect([...colour.pixels]).toEqual([0xffff, 0x0841, 0]);
    convertInto(colour, grey, 'maixpy');
    expect([...grey.pixels]).toEqual([255, 8, 0]);
  });

  test('pix_to_ai writes one plane of grey, three of colours', () => {
    const planes = new Uint8Array(6);
    writePlanes(imageOf(2, [0xf800, 0x07ff], 'rgb565'), planes);
    expect([...planes]).toEqual([255, 0, 0, 255, 0, 255]);
    writePlanes(imageOf(2, [3, 4]), planes);
    expect([...planes.subarray(0, 2)]).toEqual([3, 4]);
  });

  test('a region is cut to the image before it is copied', () => {
    const image = imageOf(3, GREY_9);
    const part = clipRectangle({ x: 1, y: -1, width: 5, height: 3 }, image)!;
    expect(part).toEqual({ x: 1, y: 0, width: 2, height: 2 });
    const copy = makeImage(part.width, part.height, 'grayscale');
    copyRectangle(image, part, copy);
    expect([...copy.pixels]).toEqual([1, 2, 4, 5]);
    expect(clipRectangle({ x: 3, y: 0, width: 1, height: 1 }, image)).toBeNull();
  });
});
