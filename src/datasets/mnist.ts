import { FormatError, SpecError } from '../errors.ts';
import { parseIdx, type IdxArray } from './idx.ts';
import { resizeBilinear } from '../pictures/resize-image.ts';

/** Grey images of one size, one after the other, row by row, and what each shows. */
export interface ImageSet {
  readonly count: number;
  /** Width and height in pixels. */
  readonly side: number;
  /** count x side x side, from 0 (paper) to 1 (ink). */
  readonly pixels: Float32Array;
  /** Class of each image. */
  readonly labels: Uint8Array;
}

/** The bytes of MNIST's image file and of its label file. */
export interface MnistFiles {
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

/** Images to train on, to measure on, and to look at while training. */
export interface Split {
  readonly train: ImageSet;
  readonly test: ImageSet;
  readonly validate: ImageSet;
}

const WHITE = 255;
// The authors' notebook cuts the 60,000 training images in this order.
const TRAIN_SHARE = 0.6;
const TEST_SHARE = 0.2;
const MAX_SIDE = 1024;

/**
 * MNIST as the authors prepared it: bytes divided by 255, then resized to side x side as TensorFlow's
 * `tf.image.resize` does (bilinear, half-pixel centres, no antialiasing). Throws a FormatError for bytes that are not
 * the two files, a SpecError for an absurd side.
 */
export function prepareMnist(files: MnistFiles, side = 14): ImageSet {
  if (!Number.isInteger(side) || side < 1 || side > MAX_SIDE) {
    throw new SpecError(`images of ${side} pixels: the side must be a whole number from 1 to ${MAX_SIDE}`);
  }
  const images = parseIdx(files.images, 'MNIST images');
  const labels = parseIdx(files.labels, 'MNIST labels');
  checkPair(images, labels);
  const [count, height, width] = images.shape;
  const pixels = new Float32Array(count * side * side);
  const source = new Float64Array(height * width);
  for (let image = 0; image < count; image++) {
    const first = image * source.length;
    for (let pixel = 0; pixel < source.length; pixel++) source[pixel] = images.data[first + pixel] / WHITE;
    const target = pixels.subarray(image * side * side, (image + 1) * side * side);
    resizeBilinear({ pixels: source, height, width }, { pixels: target, height: side, width: side });
  }
  return { count, side, pixels, labels: labels.data };
}

function checkPair(images: IdxArray, labels: IdxArray): void {
  if (images.shape.length !== 3 || labels.shape.length !== 1) {
    throw new FormatError('MNIST: expected images of 3 dimensions and labels of 1; the files may be swapped');
  }
  if (images.shape[0] === labels.shape[0]) return;
  throw new FormatError(
    `MNIST: ${images.shape[0]} images but ${labels.shape[0]} labels; take both of one set`,
  );
}

/** Images `from` up to but not including `to`; views, not copies. */
export function sliceImages(set: ImageSet, from: number, to: number): ImageSet {
  const area = set.side * set.side;
  return {
    count: to - from,
    side: set.side,
    pixels: set.pixels.subarray(from * area, to * area),
    labels: set.labels.subarray(from, to),
  };
}

/** The authors' split, in order: 60 % to train, 20 % to test, 20 % to validate. */
export function splitAsPaper(set: ImageSet): Split {
  const trained = Math.round(set.count * TRAIN_SHARE);
  const tested = trained + Math.round(set.count * TEST_SHARE);
  return {
    train: sliceImages(set, 0, trained),
    test: sliceImages(set, trained, tested),
    validate: sliceImages(set, tested, set.count),
  };
}

/** The set divided by its brightest pixel, as the authors did before they measured accuracy. */
export function divideByMaximum(set: ImageSet): ImageSet {
  let largest = 0;
  for (const pixel of set.pixels) largest = Math.max(largest, pixel);
  if (largest === 0 || largest === 1) return set;
  return { ...set, pixels: set.pixels.map((pixel) => pixel / largest) };
}
