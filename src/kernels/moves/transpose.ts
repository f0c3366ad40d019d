import type { Site } from '../../models/formats/tflite/op-versions.ts';
import { normalizeAxis } from '../../models/graph/shapes.ts';
import { fail, operand, readOperandInts, shapeText, type Operands } from '../definition/operands.ts';
import { MAX_PLAIN_RANK, rankOf } from '../definition/version-rules.ts';
import { stridesOf, walk } from '../numbers/broadcast.ts';
import { defineMove } from './define-move.ts';
import { copiedByElement } from './move-estimates.ts';

function transposeVersion({ inputs }: Site): number | undefined {
  const rank = rankOf(inputs[0]);
  if (rank > 5) return 6;
  return rank > MAX_PLAIN_RANK && inputs[0]?.dtype !== 'int16' ? 4 : undefined;
}

function permutationOf(inputs: Operands): number[] {
  const { length } = operand(inputs, 0, 'input').shape;
  const given = readOperandInts(inputs, 1, 'permutation');
  const permutation = given.map((axis) => normalizeAxis(axis, length));
  if (given.length !== length || new Set(permutation).size !== length) {
    fail(`permutation ${shapeText(given)} needs each of the ${length} dimensions once`);
  }
  return permutation;
}

/** Permutation from the constant second input. */
export const transpose = defineMove({
  type: 'TRANSPOSE',
  tflite: {
    options: 'TransposeOptions',
    versions: {
      runtimes: '1.6.0 1.14.0 1.15.0 2.3.0 2.4.0',
      types: { int8: 2, bool: 3, int16: 5 },
      rule: transposeVersion,
    },
  },
  estimates: copiedByElement(20, ' with index arithmetic'),
  tflm: { limits: { types: ['float32|int8|int16'], maxRank: 5 } },
  indexInputs: [1],
  shape(_attributes, inputs) {
    const { shape } = operand(inputs, 0, 'input');
    return permutationOf(inputs).map((axis) => shape[axis]);
  },
  countAlso: (_attributes, inputs) => ({ permutation: Number(permutationOf(inputs).join('')) }),
  source(_attributes, inputs, input, output) {
    const strides = stridesOf(input);
    return walk(
      output,
      permutationOf(inputs).map((axis) => strides[axis]),
    );
  },
});
