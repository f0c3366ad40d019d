import { f32 } from './float32.ts';
import { filterFields } from './raster-fields.ts';
import type { Raster } from './raster.ts';
import { placesAround, type Plane } from './window-sums.ts';

/**
 * `img.midpoint(size, bias)`: so far from the least to the largest of (2 reach + 1)^2 pixels, whose border repeats. A value
 * that is the least so far is not looked at as the largest, so that the first one counts as that only where it comes again.
 * Source: imlib_midpoint_filter of openmv/openmv v3.9 (src/omv/imlib/filter.c).
 */
export function midpointFilter(image: Raster, reach: number, bias: number): void {
  filterFields(image, (plane, most) => {
    const { width, values } = plane;
    const leasts = leastOf(plane, reach, 0);
    const largestOf = largestLookedAt(plane, reach, most);
    const steps = Uint8Array.from({ length: most + 1 }, (_, apart) => Math.floor(f32(f32(bias) * apart)));
    return values.map((_, at) => {
      const least = leasts[at];
      return least + steps[Math.max(0, largestOf(at % width, Math.floor(at / width)) - least)];
    });
  });
}

/** The least of each window, whose first rows may be left out. */
function leastOf({ width, height, values }: Plane, reach: number, leftOut: number): Uint8Array {
  const [columns, rows] = [placesAround(width, reach), placesAround(height, reach)];
  const [down, all] = [new Uint8Array(width), new Uint8Array(width * height)];
  for (let y = 0; y < height; y++) {
    const last = y + 2 * reach;
    down.set(values.subarray(rows[last] * width, (rows[last] + 1) * width));
    for (let at = y + leftOut; at < last; at++) {
      const row = rows[at] * width;
      for (let x = 0; x < width; x++) if (values[row + x] < down[x]) down[x] = values[row + x];
    }
    for (let x = 0; x < width; x++) {
      let least = down[columns[x]];
      for (let at = x + 1; at <= x + 2 * reach; at++) {
        const value = down[columns[at]];
        if (value < least) least = value;
      }
      all[y * width + x] = least;
    }
  }
  return all;
}

/**
 * The largest value that a window has behind those with which it begins and of which each is less than the one before. Such
 * a beginning mostly ends in the window's first row; the others are looked at one by one.
 */
function largestLookedAt(plane: Plane, reach: number, most: number): (x: number, y: number) => number {
  const { width, height, values } = plane;
  const [columns, rows] = [placesAround(width, reach), placesAround(height, reach)];
  const below = leastOf({ ...plane, values: values.map((value) => most - value) }, reach, 1);
  return (x, y) => {
    let [before, largest] = [most, 0];
    for (let down = y; down <= y + 2 * reach; down++) {
      const row = rows[down] * width;
      for (let across = x; across <= x + 2 * reach; across++) {
        const value = values[row + columns[across]];
        if (value < before) before = value;
        else {
          before = -1;
          if (value > largest) largest = value;
        }
      }
      const isKnown = before < 0 && down === y && reach > 0;
      if (isKnown) return Math.max(largest, most - below[y * width + x]);
    }
    return largest;
  };
}
