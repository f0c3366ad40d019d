import { f32 } from './float32.ts';
import { FIELDS, type Raster } from './raster.ts';

/** What a field becomes, by its values in the window row by row and by the most that it holds. */
type WindowRule = (values: Int32Array, most: number) => number;

/** Each field of an image becomes what a rule says of its window of (2 reach + 1)^2 pixels; border pixels repeat. */
function filterWindows(image: Raster, reach: number, rule: WindowRule): void {
  const { width, height, pixels } = image;
  const before = pixels.slice(0, width * height);
  const inside = (value: number, most: number) => Math.min(Math.max(value, 0), most - 1);
  const values = new Int32Array((2 * reach + 1) ** 2);
  for (let at = 0; at < width * height; at++) {
    const [x, y] = [at % width, Math.floor(at / width)];
    let packed = 0;
    for (const { shift, most } of FIELDS[image.format]) {
      let count = 0;
      for (let dy = -reach; dy <= reach; dy++) {
        const row = inside(y + dy, height) * width;
        for (let dx = -reach; dx <= reach; dx++) {
          values[count++] = (before[row + inside(x + dx, width)] >> shift) & most;
        }
      }
      packed |= rule(values, most) << shift;
    }
    pixels[at] = packed;
  }
}

/** `img.mean(size)`: the mean, rounded down (imlib_mean_filter). */
export function meanFilter(image: Raster, reach: number): void {
  filterWindows(image, reach, (values) => Math.trunc(values.reduce((a, b) => a + b) / values.length));
}

/**
 * `img.midpoint(size, bias)`: so far from the least to the largest (imlib_midpoint_filter). A value that is the least so
 * far is not looked at as the largest, so that the first one counts as that only where it comes again.
 */
export function midpointFilter(image: Raster, reach: number, bias: number): void {
  filterWindows(image, reach, (values, most) => {
    let [least, largest] = [most, 0];
    for (const value of values) {
      if (value < least) least = value;
      else if (value > largest) largest = value;
    }
    return least + Math.floor(f32(f32(bias) * Math.max(0, largest - least)));
  });
}

/** A square of weights, what their sum is multiplied by, and what is added to it. */
export interface Kernel {
  readonly weights: readonly number[];
  readonly factor: number;
}

/** Weights of `img.gaussian(size)`: products of a row of Pascal's triangle (py_image_gaussian). */
export function gaussianKernel(reach: number, isUnsharp: boolean): Kernel {
  const weights = pascalSquare(reach);
  const sum = weights.reduce((a, b) => a + b);
  if (isUnsharp) weights[weights.length >> 1] -= 2 * sum;
  return { weights, factor: 1 / (isUnsharp ? -sum : sum) };
}

/** Weights of `img.laplacian(size)`: the centre less its neighbours (py_image_laplacian). */
export function laplacianKernel(reach: number, sharpens: boolean): Kernel {
  const square = pascalSquare(reach);
  const sum = square.reduce((a, b) => a + b);
  const weights = square.map((weight) => -weight);
  const centre = (weights[weights.length >> 1] += sum);
  if (sharpens) weights[weights.length >> 1] += centre;
  return { weights, factor: 1 / centre };
}

function pascalSquare(reach: number): number[] {
  const row = [1];
  for (let i = 0; i < 2 * reach; i++) row.push((row[i] * (2 * reach - i)) / (i + 1));
  return row.flatMap((a) => row.map((b) => a * b));
}

/** A weighted sum in 32 bits times a factor of 16 bits behind the point, and an offset (imlib_morph). */
export function convolve(image: Raster, reach: number, { weights, factor }: Kernel, offset: number): void {
  const scale = Math.trunc(65536 * f32(factor));
  filterWindows(image, reach, (values, most) => {
    let sum = 0;
    for (const [at, weight] of weights.entries()) sum = (sum + Math.imul(weight, values[at])) | 0;
    return Math.min(Math.max((Math.imul(sum, scale) >> 16) + Math.trunc(offset), 0), most);
  });
}
