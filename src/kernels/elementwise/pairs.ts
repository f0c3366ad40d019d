import type { Activation } from '../../models/graph/attributes.ts';
import { elementCount, type DType, type TensorInfo } from '../../models/graph/graph.ts';
import { broadcastShapes } from '../../models/graph/shapes.ts';
import type { AttributesOf, Fields } from '../../models/formats/tflite/op-storage.ts';
import { defineOp, type NoFields, type OpDefinition } from '../definition/define-op.ts';
import { isQuantizedType, type Kernel } from '../definition/kernel.ts';
import type { Op } from '../definition/op.ts';
import { fail, operand, type Operands } from '../definition/operands.ts';
import { broadcastOffsets } from '../numbers/broadcast.ts';
import { clamp } from '../../numbers.ts';
import { floatBounds, quantizedBounds } from '../numbers/quantization.ts';

export type Binary = (a: number, b: number) => number;

type BinaryDefinition<T extends string, F extends Fields> = Omit<OpDefinition<T, F>, 'infer'> & {
  /** Type of the output where it is not that of the operands. */
  readonly dtype?: DType;
};

/** Whether an operand repeats its elements along an axis of the output, counted from the last. */
function isRepeated(from: readonly number[], to: readonly number[], fromLast: number): boolean {
  return (from.at(-1 - fromLast) ?? 1) !== to.at(-1 - fromLast);
}

/**
 * Runs of output elements along which the operands step evenly: the inner loops of a broadcast, axes that broadcast alike
 * taken as one. 0 where no operand broadcasts.
 */
export function broadcastRows(operands: readonly TensorInfo[], { shape }: TensorInfo): number {
  if (operands.every((operand) => String(operand.shape) === String(shape))) return 0;
  const wide = shape.map((_, axis) => axis).filter((axis) => shape[shape.length - 1 - axis] !== 1);
  const patternOf = (axis: number) =>
    String(operands.map((operand) => isRepeated(operand.shape, shape, axis)));
  const end = wide.findIndex((axis) => patternOf(axis) !== patternOf(wide[0]));
  const run = wide.slice(0, end < 0 ? undefined : end);
  return elementCount(shape) / run.reduce((product, axis) => product * shape[shape.length - 1 - axis], 1);
}

/** Counts of an op whose operands broadcast. */
export function pairCounts(inputs: Operands, [output]: readonly TensorInfo[]): Record<string, number> {
  return {
    broadcastRows: broadcastRows(
      inputs.filter((tensor) => tensor !== undefined),
      output,
    ),
  };
}

/** An op of two operands that broadcast as in numpy. */
export function defineBinary<const T extends string, F extends Fields = NoFields>({
  dtype,
  ...definition
}: BinaryDefinition<T, F>): Op<T, AttributesOf<F>> {
  return defineOp<T, F>({
    ...definition,
    countAlso: (_attributes, inputs, outputs) => pairCounts(inputs, outputs),
    infer(_attributes, inputs) {
      const a = operand(inputs, 0, 'first operand');
      const b = operand(inputs, 1, 'second operand');
      if (a.dtype !== b.dtype) fail(`operands are ${a.dtype} and ${b.dtype}, need one type`);
      return [{ shape: broadcastShapes(a.shape, b.shape), dtype: dtype ?? a.dtype }];
    },
  });
}

/** Applies a function to the elements of two operands that broadcast. */
export function mapPairs(a: TensorInfo, b: TensorInfo, output: TensorInfo, of: Binary): Kernel {
  const elements = elementCount(output.shape);
  const fromA = broadcastOffsets(a.shape, output.shape);
  const fromB = broadcastOffsets(b.shape, output.shape);
  return {
    run([dataA, dataB], [out]) {
      for (let at = 0; at < elements; at++) {
        out[at] = of(
          dataA[fromA === undefined ? at : fromA[at]],
          dataB[fromB === undefined ? at : fromB[at]],
        );
      }
    },
  };
}

export interface Arithmetic {
  readonly float32: Binary;
  /** Exact on int32, wrapped where stored. */
  readonly int32: Binary;
  quantized(a: TensorInfo, b: TensorInfo, output: TensorInfo): Binary;
}

export function operandsOf(inputs: Operands, output: TensorInfo): [TensorInfo, TensorInfo] {
  const a = operand(inputs, 0, 'first operand');
  const b = operand(inputs, 1, 'second operand');
  if (a.dtype !== b.dtype || a.dtype !== output.dtype) {
    fail(`operands are ${a.dtype} and ${b.dtype}, output ${output.dtype}; needs one type`);
  }
  return [a, b];
}

export function prepareBinary(
  arithmetic: Arithmetic,
  activation: Activation,
  inputs: Operands,
  output: TensorInfo,
): Kernel {
  const [a, b] = operandsOf(inputs, output);
  if (output.dtype === 'float32') {
    const { low, high } = floatBounds(activation);
    return mapPairs(a, b, output, (x, y) => clamp(arithmetic.float32(x, y), low, high));
  }
  if (isQuantizedType(output.dtype)) {
    const { low, high } = quantizedBounds(activation, output);
    const of = arithmetic.quantized(a, b, output);
    return mapPairs(a, b, output, (x, y) => clamp(of(x, y), low, high));
  }
  if (output.dtype !== 'int32') fail(`arithmetic on ${output.dtype} is not written`);
  const { low, high } = floatBounds(activation);
  return mapPairs(a, b, output, (x, y) => clamp(arithmetic.int32(x, y), low, high));
}
