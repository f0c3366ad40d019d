import type { TensorInfo } from '../../models/graph/graph.ts';
import { normalizeAxis } from '../../models/graph/shapes.ts';
import { defineOp } from '../definition/define-op.ts';
import { fail, operand, readOperandInts, shapeText } from '../definition/operands.ts';

/** Permutation from the constant second input. */
export const transpose = defineOp({
  type: 'TRANSPOSE',
  indexInputs: [1],
  infer(_attributes, inputs): TensorInfo[] {
    const { shape, dtype } = operand(inputs, 0, 'input');
    const given = readOperandInts(inputs, 1, 'permutation');
    const permutation = given.map((axis) => normalizeAxis(axis, shape.length));
    if (given.length !== shape.length || new Set(permutation).size !== shape.length) {
      fail(`permutation ${shapeText(given)} needs each of the ${shape.length} dimensions once`);
    }
    return [{ shape: permutation.map((axis) => shape[axis]), dtype }];
  },
});
