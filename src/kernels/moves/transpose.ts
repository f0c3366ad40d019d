import type { Site } from '../../models/formats/tflite/op-versions.ts';
import { MAX_PLAIN_RANK, rankOf } from '../definition/version-rules.ts';
import { stridesOf, walk } from '../numbers/broadcast.ts';
import { gather } from './gather.ts';
import { copiedByElement } from './move-estimates.ts';
import type { TensorInfo } from '../../models/graph/graph.ts';
import { normalizeAxis } from '../../models/graph/shapes.ts';
import { defineOp } from '../definition/define-op.ts';
import { fail, operand, readOperandInts, shapeText } from '../definition/operands.ts';

function transposeVersion({ inputs }: Site): number | undefined {
  const rank = rankOf(inputs[0]);
  if (rank > 5) return 6;
  return rank > MAX_PLAIN_RANK && inputs[0]?.dtype !== 'int16' ? 4 : undefined;
}

/** Permutation from the constant second input. */
export const transpose = defineOp({
  type: 'TRANSPOSE',
  tflite: {
    options: 'TransposeOptions',
    versions: {
      runtimes: '1.6.0 1.14.0 1.15.0 2.3.0 2.4.0',
      types: { int8: 2, bool: 3, int16: 5 },
      rule: transposeVersion,
    },
  },
  quantization: { sameScale: true },
  estimates: copiedByElement(20, ' with index arithmetic'),
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
  prepare(_attributes, inputs, [output]) {
    const { shape } = operand(inputs, 0, 'input');
    const strides = stridesOf(shape);
    const permutation = readOperandInts(inputs, 1, 'permutation').map((axis) =>
      normalizeAxis(axis, shape.length),
    );
    return gather(
      walk(
        output.shape,
        permutation.map((axis) => strides[axis]),
      ),
    );
  },
});
