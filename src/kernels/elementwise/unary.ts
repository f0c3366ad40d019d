import type { TensorInfo } from '../../models/graph/graph.ts';
import { elementCount } from '../../models/graph/graph.ts';
import type { Kernel } from '../definition/kernel.ts';
import { fail } from '../definition/operands.ts';
import { integerRange } from '../numbers/quantization.ts';

/** Applies a function to each element in float32; its result is rounded when it is stored. */
export function mapFloat32(input: TensorInfo, of: (x: number) => number): Kernel {
  const elements = elementCount(input.shape);
  return {
    run([from], [out]) {
      for (let at = 0; at < elements; at++) out[at] = of(from[at]);
    },
  };
}

/**
 * Applies a function of stored integers to each element: 8-bit inputs through a table of all 256 values, so the
 * function may be slow.
 */
export function mapIntegers(input: TensorInfo, of: (x: number) => number): Kernel {
  const elements = elementCount(input.shape);
  const { low, high } = integerRange(input.dtype);
  if (high - low > 255) return mapFloat32(input, of);
  const table = Int32Array.from({ length: 256 }, (_, index) => of(low + index));
  return {
    run([from], [out]) {
      for (let at = 0; at < elements; at++) out[at] = table[from[at] - low];
    },
  };
}

/** Throws a SpecError unless the type of input and output is the same. */
export function requireSameType(input: TensorInfo, output: TensorInfo): void {
  if (input.dtype !== output.dtype) fail(`input is ${input.dtype}, output ${output.dtype}; needs one type`);
}
