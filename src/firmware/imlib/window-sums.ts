/** One number a pixel, row by row. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly values: Uint8Array;
}

/** The places from `reach` before the first to `reach` behind the last, those outside being the nearest inside. */
export function placesAround(length: number, reach: number): Int32Array {
  return Int32Array.from({ length: length + 2 * reach }, (_, at) =>
    Math.min(Math.max(at - reach, 0), length - 1),
  );
}

/**
 * Sums over the window of (2 reach + 1)^2 pixels about each pixel, whose border repeats. Sums of columns and rows slide, so
 * that a larger window takes no longer.
 */
export function windowSums({ width, height, values }: Plane, reach: number): Float64Array {
  const [columns, rows] = [placesAround(width, reach), placesAround(height, reach)];
  const [down, sums] = [new Float64Array(width), new Float64Array(width * height)];
  const addRow = (row: number, sign: number) => {
    for (let x = 0; x < width; x++) down[x] += sign * values[row * width + x];
  };
  for (let at = 0; at < 2 * reach; at++) addRow(rows[at], 1);
  for (let y = 0; y < height; y++) {
    addRow(rows[y + 2 * reach], 1);
    let sum = 0;
    for (let at = 0; at < 2 * reach; at++) sum += down[columns[at]];
    for (let x = 0; x < width; x++) {
      sum += down[columns[x + 2 * reach]];
      sums[y * width + x] = sum;
      sum -= down[columns[x]];
    }
    addRow(rows[y], -1);
  }
  return sums;
}
