import { elementCount, type TensorInfo } from '../../models/graph/graph.ts';
import type { Kernel, NumericData } from '../definition/kernel.ts';
import { softmaxCounts } from '../definition/dense-counts.ts';
import { fail, operand, type Operands } from '../definition/operands.ts';

/** Shape and work of what is normalised over the last dimension; the others are rows. */
export const LAST_DIMENSION = {
  infer(_attributes: object, inputs: Operands): TensorInfo[] {
    const { shape, dtype } = operand(inputs, 0, 'input');
    if (shape.length === 0) fail('a scalar has no dimension to normalise over, needs 1 or more');
    return [{ shape: [...shape], dtype }];
  },
  count(_attributes: object, inputs: Operands) {
    const { shape } = operand(inputs, 0, 'input');
    return { counts: softmaxCounts(elementCount(shape.slice(0, -1)), shape[shape.length - 1]) };
  },
};

/** One row of `input` and of `out`, both from `row` on, given the largest of its values. */
export type RunRow = (input: NumericData, out: NumericData, row: number, max: number) => void;

/** Runs the rows of the last dimension one after the other; `makeRun` is told how long they are. */
export function byRow(inputs: Operands, makeRun: (length: number) => RunRow): Kernel {
  const { shape } = operand(inputs, 0, 'input');
  const length = shape[shape.length - 1];
  const elements = elementCount(shape);
  const runRow = makeRun(length);
  return {
    run([input], [out]) {
      for (let row = 0; row < elements; row += length) {
        let max = -Infinity;
        for (let c = 0; c < length; c++) max = Math.max(max, input[row + c]);
        runRow(input, out, row, max);
      }
    },
  };
}
