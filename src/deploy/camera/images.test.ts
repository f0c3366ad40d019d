import { describe, expect, test } from 'vitest';
import { boardById } from '../../boards/index.ts';
import type { DType, Tensor } from '../../models/graph/graph.ts';
import type { Image } from '../../pictures/image.ts';
import { convertImage, imageFirmware } from './index.ts';

const grey = (width: number, height: number, pixels: number[]): Image => ({
  width,
  height,
  channels: 1,
  pixels: Uint8Array.from(pixels),
});
const colour = (width: number, height: number, pixels: number[]): Image => ({
  ...grey(width, height, pixels),
  channels: 3,
});
const counting = (width: number, height: number) =>
  grey(
    width,
    height,
    Array.from({ length: width * height }, (_, at) => at),
  );
const input = (height: number, width: number, channels: number, dtype: DType = 'uint8'): Tensor => ({
  name: 'image',
  shape: [1, height, width, channels],
  dtype,
});
const convert = (firmware: string, image: Image, tensor: Tensor) => [
  ...convertImage(image, tensor, firmware),
];

// Expected values are worked out by hand from py_tf.c of OpenMV: scale = max(model / picture) of both axes, the source
// position is floor((x + (picture * scale - model) / 2) / scale).
describe('OpenMV takes the nearest pixel and cuts what sticks out', () => {
  test.each([
    ['half the size', counting(4, 4), 2, 2, [0, 2, 8, 10]],
    ['a wide picture: columns 1 and 3', counting(6, 4), 2, 2, [1, 3, 13, 15]],
    ['a tall picture: rows 1 and 3', counting(4, 6), 2, 2, [4, 6, 12, 14]],
    ['twice the size', counting(2, 1), 2, 4, [0, 0, 1, 1, 0, 0, 1, 1]],
    ['the same size', counting(2, 2), 2, 2, [0, 1, 2, 3]],
  ])('%s', (_, image, height, width, pixels) => {
    expect(convert('openmv', image, input(height, width, 1))).toEqual(pixels);
  });

  test('colours pass through RGB565, and grey is 9770 R + 19182 G + 3736 B in 15 bits', () => {
    const image = colour(3, 1, [255, 255, 255, 255, 0, 0, 10, 10, 10]);
    expect(convert('openmv', image, input(1, 3, 3))).toEqual([255, 255, 255, 255, 0, 0, 8, 8, 8]);
    expect(convert('openmv', image, input(1, 3, 1))).toEqual([254, 76, 7]);
  });

  test('a grey picture for a colour model loses low bits in RGB565', () => {
    expect(convert('openmv', grey(1, 1, [103]), input(1, 1, 3))).toEqual([99, 101, 99]);
  });
});

// py_image.c of MaixPy, py_image_resize: a smaller grey picture is the mean of boxes with both borders, a larger one
// bilinear with weights that leave 0..1 at the first pixel; a smaller colour picture takes the nearest pixel.
describe('MaixPy resizes as image.resize does, faults included', () => {
  test('a smaller grey picture: means of 3x3 boxes, the last pixel past the end', () => {
    expect(convert('maixpy', counting(4, 4), input(2, 2, 1))).toEqual([5, 7, 12, 13]);
  });

  test('a larger grey picture: bilinear, below zero it is 0, above 255 it wraps', () => {
    const rise = grey(2, 2, [0, 100, 0, 100]);
    expect(convert('maixpy', rise, input(2, 4, 1))).toEqual([0, 25, 75, 100, 0, 25, 75, 100]);
    const fall = grey(2, 2, [255, 0, 255, 0]);
    expect(convert('maixpy', fall, input(2, 4, 1)).slice(0, 4)).toEqual([318 - 256, 191, 63, 0]);
  });

  test('the same size is left alone', () => {
    expect(convert('maixpy', counting(3, 3), input(3, 3, 1))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('a smaller colour picture: the nearest pixel, through RGB565', () => {
    const image = colour(2, 1, [255, 0, 0, 10, 10, 10]);
    expect(convert('maixpy', image, input(1, 1, 3))).toEqual([255, 0, 0]);
  });

  test('a larger colour picture: bilinear on the fields of RGB565', () => {
    const image = colour(2, 2, [0, 0, 0, 248, 0, 0, 0, 0, 0, 248, 0, 0]);
    const red = convert('maixpy', image, input(4, 4, 3)).filter((_, at) => at % 3 === 0);
    // 31 in the field: 0.25 x 31 = 7.75 -> 7, which reads 57 in 8 bits; 0.75 x 31 = 23 -> 189; the border is the nearest.
    expect(red.slice(4, 8)).toEqual([0, 57, 189, 255]);
  });

  test('grey of a colour is 0.299 R + 0.587 G + 0.114 B, rounded down', () => {
    const image = colour(3, 1, [255, 255, 255, 255, 0, 0, 0, 255, 0]);
    expect(convert('maixpy', image, input(1, 3, 1))).toEqual([255, 76, 149]);
  });
});

describe('types and refusals', () => {
  test('int8 is the byte with its sign bit turned, float32 the byte times 1/255 in single precision', () => {
    const image = grey(3, 1, [0, 128, 255]);
    expect(convert('openmv', image, input(1, 3, 1, 'int8'))).toEqual([-128, 0, 127]);
    const floats = convert('openmv', image, input(1, 3, 1, 'float32'));
    expect(floats).toEqual([
      0,
      Math.fround(128 * Math.fround(1 / 255)),
      Math.fround(255 * Math.fround(1 / 255)),
    ]);
  });

  test.each([
    [
      { ...input(2, 2, 2) },
      /input "image" is uint8 \[1, 2, 2, 2\]; a picture needs \[1, height, width, 1 or 3\]/,
    ],
    [{ ...input(1, 1, 1), shape: [1, 4] }, /a picture needs/],
    [{ ...input(1, 1, 1), shape: [2, 4, 4, 1] }, /a picture needs/],
    [input(2, 2, 1, 'int16'), /input "image" is int16; a picture needs float32, int8 or uint8/],
  ])('a tensor that takes no picture: %#', (tensor, message) => {
    expect(() => convertImage(counting(2, 2), tensor, 'openmv')).toThrow(message);
  });

  test("the board's firmware is the default, and an unknown one is refused", () => {
    expect(imageFirmware(undefined, boardById('maixduino'))).toBe('maixpy');
    expect(imageFirmware(undefined, boardById('openmv-h7-plus'))).toBe('openmv');
    expect(imageFirmware(undefined, undefined)).toBe('openmv');
    expect(() => imageFirmware('arduino', undefined)).toThrow('choose from openmv, maixpy');
  });
});
