import { DTYPE_BYTES, elementCount, type Tensor } from '../models/graph/graph.ts';

/** How the elements of a constant lie, where that is finer than its shape, before and after; both of one rank. */
export interface CropView {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/**
 * A constant in another shape. Where no side grows it keeps its numbers: kernels (axes 1 and 2 of a window) their middle, other axes
 * their beginning. Where one grows its numbers are not known, and `data` is absent.
 */
export function cropConstant(tensor: Tensor, shape: readonly number[], view?: CropView): Tensor {
  const { data, quantization, ...rest } = tensor;
  const { from, to } = view ?? { from: tensor.shape, to: shape };
  const cropped = data && cropBytes(data, from, to, DTYPE_BYTES[tensor.dtype]);
  return {
    ...rest,
    shape,
    ...(cropped && { data: cropped }),
    ...(quantization && { quantization: cropQuantization(quantization, shape) }),
  };
}

function cropQuantization(quantization: NonNullable<Tensor['quantization']>, shape: readonly number[]) {
  const { scales, zeroPoints, axis } = quantization;
  if (scales.length === 1) return quantization;
  const count = shape[axis];
  const fill = (values: readonly number[]) =>
    Array.from({ length: count }, (_, at) => values[at] ?? values[0]);
  return { scales: fill(scales), zeroPoints: fill(zeroPoints), axis };
}

function cropBytes(
  data: Uint8Array,
  from: readonly number[],
  to: readonly number[],
  elementBytes: number,
): Uint8Array | undefined {
  const isCrop = from.length === to.length && from.every((side, axis) => to[axis] <= side);
  if (!isCrop || !Number.isInteger(elementBytes) || elementCount(from) * elementBytes !== data.length)
    return undefined;
  const isKernel = (axis: number) => from.length === 4 && (axis === 1 || axis === 2);
  const offsets = from.map((side, axis) => (isKernel(axis) ? (side - to[axis]) >> 1 : 0));
  const cropped = new Uint8Array(elementCount(to) * elementBytes);
  const at = to.map(() => 0);
  for (let target = 0; target < cropped.length; target += elementBytes) {
    const source = at.reduce((index, position, axis) => index * from[axis] + position + offsets[axis], 0);
    cropped.set(data.subarray(source * elementBytes, (source + 1) * elementBytes), target);
    for (let axis = at.length - 1; axis >= 0 && ++at[axis] === to[axis]; axis--) at[axis] = 0;
  }
  return cropped;
}
