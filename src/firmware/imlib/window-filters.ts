import { f32 } from './float32.ts';
import type { Raster } from './raster.ts';
import { filterFields } from './raster-fields.ts';
import { placesAround, windowSums, type Plane } from './window-sums.ts';

/** `img.mean(size)`: the mean over (2 reach + 1)^2 pixels, rounded down; border pixels repeat (imlib_mean_filter). */
export function meanFilter(image: Raster, reach: number): void {
  const count = (2 * reach + 1) ** 2;
  filterFields(image, (plane) => windowSums(plane, reach).map((sum) => Math.trunc(sum / count)));
}

/** Products of a row of weights with itself, what is added to the one in the middle, and what their sum is multiplied by. */
export interface Kernel {
  readonly row: readonly number[];
  /** 1, or -1 where all products are subtracted. */
  readonly sign: 1 | -1;
  readonly centre: number;
  readonly factor: number;
}

/** Weights of `img.gaussian(size)`: products of a row of Pascal's triangle (py_image_gaussian). */
export function gaussianKernel(reach: number, isUnsharp: boolean): Kernel {
  const [row, sum] = [pascalRow(reach), 2 ** (4 * reach)];
  if (!isUnsharp) return { row, sign: 1, centre: 0, factor: 1 / sum };
  return { row, sign: 1, centre: -2 * sum, factor: 1 / -sum };
}

/** Weights of `img.laplacian(size)`: the centre less its neighbours (py_image_laplacian). */
export function laplacianKernel(reach: number, sharpens: boolean): Kernel {
  const [row, sum] = [pascalRow(reach), 2 ** (4 * reach)];
  const middle = row[reach] ** 2;
  return { row, sign: -1, centre: sharpens ? 2 * sum - middle : sum, factor: 1 / (sum - middle) };
}

function pascalRow(reach: number): number[] {
  const row = [1];
  for (let i = 0; i < 2 * reach; i++) row.push((row[i] * (2 * reach - i)) / (i + 1));
  return row;
}

/** A weighted sum in 32 bits times a factor of 16 bits behind the point, and an offset (imlib_morph). */
export function convolve(image: Raster, { row, sign, centre, factor }: Kernel, offset: number): void {
  const scale = Math.trunc(65536 * f32(factor)) | 0;
  const weights = Int32Array.from(row);
  filterFields(image, (plane, most) => {
    const down = weighRows(Int32Array.from(plane.values), plane, weights);
    const sums = weighRows(down, { width: plane.height, height: plane.width }, weights);
    return plane.values.map((value, at) => {
      const sum = (sign * sums[at] + Math.imul(centre, value)) | 0;
      return Math.min(Math.max((Math.imul(sum, scale) >> 16) + Math.trunc(offset), 0), most);
    });
  });
}

/** Weighted sums along each row in 32 bits, rows and columns changed over: done twice, they are those of a square. */
function weighRows(
  values: Int32Array,
  { width, height }: Omit<Plane, 'values'>,
  weights: Int32Array,
): Int32Array {
  const columns = placesAround(width, (weights.length - 1) / 2);
  const turned = new Int32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let at = 0; at < weights.length; at++) {
        sum = (sum + Math.imul(weights[at], values[y * width + columns[x + at]])) | 0;
      }
      turned[x * height + y] = sum;
    }
  }
  return turned;
}
