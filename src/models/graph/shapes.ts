import { SpecError } from '../../errors.ts';
import type { Padding } from './attributes.ts';

/** Pixels that a dilated kernel spans along one axis. */
export function effectiveKernel(kernel: number, dilation: number): number {
  return (kernel - 1) * dilation + 1;
}

/**
 * Output pixels along one axis of a convolution or pooling; 0 where a VALID window does not fit.
 * As TFLite's ComputeOutSize (kernels/padding.h): SAME = ceil(in / stride), VALID = floor((in + stride - k) / stride).
 */
export function convOutSize(
  input: number,
  kernel: number,
  stride: number,
  dilation: number,
  padding: Padding,
): number {
  if (padding === 'SAME') return Math.ceil(input / stride);
  return Math.max(0, Math.floor((input + stride - effectiveKernel(kernel, dilation)) / stride));
}

/** Pixels of padding before and after one axis; an odd total leaves its extra pixel after. */
export interface PaddingAmount {
  readonly before: number;
  readonly after: number;
}

/** As TFLite's ComputePaddingWithOffset (kernels/padding.h): total = max(0, (out - 1) * stride + k - in), before = floor(total / 2). */
export function paddingAmount(
  input: number,
  kernel: number,
  stride: number,
  dilation: number,
  output: number,
): PaddingAmount {
  const total = Math.max(0, (output - 1) * stride + effectiveKernel(kernel, dilation) - input);
  const before = Math.floor(total / 2);
  return { before, after: total - before };
}

/**
 * Kernel taps along one axis that fall inside the image, summed over all outputs; the rest hit padding.
 * The product of both axes is the number of taps that a loop with a bounds check really multiplies.
 */
export function inImageTaps(
  input: number,
  kernel: number,
  stride: number,
  dilation: number,
  output: number,
): number {
  const { before } = paddingAmount(input, kernel, stride, dilation, output);
  let taps = 0;
  for (let k = 0; k < kernel; k++) {
    const shift = k * dilation - before;
    const first = Math.max(0, Math.ceil(-shift / stride));
    const last = Math.min(output - 1, Math.floor((input - 1 - shift) / stride));
    taps += Math.max(0, last - first + 1);
  }
  return taps;
}

/** Shape of an element-wise op of two shapes, numpy's rule. Throws a SpecError naming both where they do not fit. */
export function broadcastShapes(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const x = a[axis - rank + a.length] ?? 1;
    const y = b[axis - rank + b.length] ?? 1;
    if (x !== y && x !== 1 && y !== 1) {
      throw new SpecError(`shapes [${a.join(',')}] and [${b.join(',')}] do not broadcast: ${x} against ${y}`);
    }
    return x === 1 ? y : x;
  });
}

/** An axis counted from the end if negative, as 0..rank-1. Throws a SpecError where it is outside. */
export function normalizeAxis(axis: number, rank: number): number {
  const normal = axis < 0 ? axis + rank : axis;
  if (Number.isInteger(axis) && normal >= 0 && normal < rank) return normal;
  throw new SpecError(`axis ${axis} is outside a shape of ${rank} dimensions`);
}

/** The new shape with its one -1 replaced by what is left over. Throws a SpecError where the elements do not fit. */
export function resolveReshape(elements: number, newShape: readonly number[]): number[] {
  const known = newShape.reduce(
    (product, dimension) => (dimension === -1 ? product : product * dimension),
    1,
  );
  const unknown = newShape.filter((dimension) => dimension === -1).length;
  const rest = unknown === 1 && known > 0 ? elements / known : 1;
  if (unknown > 1 || !Number.isInteger(rest) || known * rest !== elements) {
    throw new SpecError(`cannot reshape ${elements} elements to [${newShape.join(',')}]`);
  }
  return newShape.map((dimension) => (dimension === -1 ? rest : dimension));
}
