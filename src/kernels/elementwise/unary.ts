import type { AttributesOf, Fields, OpStorage } from '../../models/formats/tflite/op-storage.ts';
import { elementCount, type DType, type TensorInfo } from '../../models/graph/graph.ts';
import { defineOp, type NoFields, type OpDefinition } from '../definition/define-op.ts';
import { isQuantizedType, type Kernel, type Prepare } from '../definition/kernel.ts';
import type { Op, OpFacts } from '../definition/op.ts';
import { fail, operand } from '../definition/operands.ts';
import { mbqm, quantizeMultiplier } from '../numbers/fixed-point.ts';
import { clamp } from '../../numbers.ts';
import { integerRange, scaleOf, type Range } from '../numbers/quantization.ts';

interface UnaryDefinition<T extends string, F extends Fields> extends OpFacts {
  readonly type: T;
  readonly tflite: OpStorage<F>;
  /** Type of the output where it is not that of the input. */
  readonly dtype?: DType;
  readonly count?: NonNullable<OpDefinition<T, F>['count']>;
  readonly prepare: Prepare<AttributesOf<F>>;
}

/** An op that maps each element by itself. */
export function defineUnary<const T extends string, F extends Fields = NoFields>({
  dtype,
  ...definition
}: UnaryDefinition<T, F>): Op<T, AttributesOf<F>> {
  return defineOp<T, F>({
    ...definition,
    infer(_attributes, inputs) {
      const input = operand(inputs, 0, 'input');
      return [{ shape: [...input.shape], dtype: dtype ?? input.dtype }];
    },
  });
}

type Map = (x: number) => number;

/** Applies a function to each element in float32; its result is rounded when it is stored. */
export function mapFloat32(input: TensorInfo, of: Map): Kernel {
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
export function mapIntegers(input: TensorInfo, of: Map): Kernel {
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

/** Float and integer arithmetic of a unary op, chosen by the type of its input. */
export function byType(input: TensorInfo, output: TensorInfo, float32: Map, integer: () => Map): Kernel {
  if (input.dtype !== output.dtype) {
    fail(`input is ${input.dtype}, output ${output.dtype}; needs one type`);
  }
  if (input.dtype === 'float32') return mapFloat32(input, float32);
  if (isQuantizedType(input.dtype)) return mapIntegers(input, integer());
  return fail(`arithmetic on ${input.dtype} is not written`);
}

/** Arithmetic of a unary op without attributes: a function in float32, and one of stored integers from the tensors. */
export function unaryArithmetic(
  float32: Map,
  integer: (input: TensorInfo, output: TensorInfo) => Map,
): Prepare {
  return (_attributes, inputs, [output]) => {
    const input = operand(inputs, 0, 'input');
    return byType(input, output, float32, () => integer(input, output));
  };
}

/** A function of what lies above the zero point, rescaled from input to output and held within a range. */
export function rescaled(
  input: TensorInfo,
  output: TensorInfo,
  of: Map,
  { low, high }: Range = integerRange(output.dtype),
): Map {
  const from = scaleOf(input, 'input');
  const to = scaleOf(output, 'output');
  const { q, e } = quantizeMultiplier(from.scale / to.scale);
  return (stored) => clamp(mbqm(of(stored - from.zeroPoint), q, e) + to.zeroPoint, low, high);
}
