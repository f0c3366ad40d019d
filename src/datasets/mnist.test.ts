import { expect, it, test } from 'vitest';
import { parseIdx } from './idx.ts';
import { divideByMaximum, prepareMnist, splitAsPaper, type ImageSet } from './mnist.ts';
import { resizeBilinear } from '../pictures/resize-image.ts';

const bigEndian = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const idx = (shape: readonly number[], data: readonly number[]) =>
  Uint8Array.from([0, 0, 8, shape.length, ...shape.flatMap(bigEndian), ...data]);

// Two images of 4x4: the first has its left half white, the second one white pixel.
const IMAGES = idx(
  [2, 4, 4],
  [
    ...[255, 255, 0, 0],
    ...[255, 255, 0, 0],
    ...[255, 255, 0, 0],
    ...[255, 255, 0, 0],
    102,
    ...Array(15).fill(0),
  ],
);
const LABELS = idx([2], [7, 3]);

it('parses the header and the data of an IDX file', () => {
  expect(parseIdx(idx([2, 3], [1, 2, 3, 4, 5, 6]), 'x')).toEqual({
    shape: [2, 3],
    data: Uint8Array.of(1, 2, 3, 4, 5, 6),
  });
});

test.each([
  ['a gzip file', Uint8Array.of(0x1f, 0x8b, 8, 0, 1, 2), /^x: is not an IDX file/],
  ['an empty file', new Uint8Array(), /^x: is not an IDX file/],
  ['half a header', idx([2, 3], []).subarray(0, 7), /^x: truncated in its header/],
  ['half the data', idx([2, 3], [1, 2]), /^x: holds 2 bytes of data, but 2x3 takes 6/],
])('%s is refused in one line', (_, bytes, message) => {
  expect(() => parseIdx(bytes, 'x')).toThrow(message);
});

it('halves an image to the means of 2x2 pixels and divides by 255', () => {
  const set = prepareMnist({ images: IMAGES, labels: LABELS }, 2);
  expect(set).toMatchObject({ count: 2, side: 2, labels: Uint8Array.of(7, 3) });
  expect([...set.pixels]).toEqual([1, 0, 1, 0, 0.1, 0, 0, 0].map(Math.fround));
});

it('keeps an image of its own size', () => {
  const set = prepareMnist({ images: IMAGES, labels: LABELS }, 4);
  expect([...set.pixels.subarray(0, 4)]).toEqual([1, 1, 0, 0]);
});

// tf.image.resize([[0, 3]], [1, 3]): centres at -1/6, 1/2 and 7/6 of the source; the outer ones are clamped.
it('samples at half-pixel centres, clamped at the border', () => {
  const target = new Float32Array(3);
  resizeBilinear({ pixels: [0, 3], height: 1, width: 2 }, { pixels: target, height: 1, width: 3 });
  expect([...target]).toEqual([0, 1.5, 3]);
});

test.each([
  ['labels in place of images', { images: LABELS, labels: LABELS }, 14, /files may be swapped/],
  ['another number of labels', { images: IMAGES, labels: idx([1], [7]) }, 14, /2 images but 1 labels/],
  ['a side of 0', { images: IMAGES, labels: LABELS }, 0, /from 1 to 1024/],
])('%s: one line', (_, files, side, message) => {
  expect(() => prepareMnist(files, side)).toThrow(message);
});

it('splits in order: 60 % to train, 20 % to test, 20 % to validate', () => {
  const count = 10;
  const labels = Uint8Array.from({ length: count }, (_, index) => index);
  const set: ImageSet = { count, side: 1, pixels: Float32Array.from(labels), labels };
  const { train, test: tested, validate } = splitAsPaper(set);
  expect([train, tested, validate].map((part) => [...part.labels])).toEqual([
    [0, 1, 2, 3, 4, 5],
    [6, 7],
    [8, 9],
  ]);
  expect([...tested.pixels]).toEqual([6, 7]);
});

it('divides by the brightest pixel, and leaves a black set as it is', () => {
  const set = { count: 1, side: 2, pixels: Float32Array.of(0, 0.25, 0.5, 0), labels: Uint8Array.of(1) };
  expect([...divideByMaximum(set).pixels]).toEqual([0, 0.5, 1, 0]);
  expect(divideByMaximum({ ...set, pixels: new Float32Array(4) }).pixels).toEqual(new Float32Array(4));
});
