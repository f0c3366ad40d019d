import type { Site } from '../../models/formats/tflite/op-versions.ts';
import { fail, readOperandInts, type Operands } from '../definition/operands.ts';
import { estimate } from '../definition/tflm.ts';
import { MAX_PLAIN_RANK, rankOf } from '../definition/version-rules.ts';
import { stridesOf, walk } from '../numbers/broadcast.ts';
import { defineMove } from './define-move.ts';

/** Begin and length of each axis; a size of -1 is what is left. */
function rangesOf(inputs: Operands): { begin: number; length: number }[] {
  const shape = inputs[0]!.shape;
  const [begins, lengths] = [readOperandInts(inputs, 1, 'begin'), readOperandInts(inputs, 2, 'size')];
  if (begins.length !== shape.length || lengths.length !== shape.length) {
    fail(`begin and size hold ${begins.length} and ${lengths.length} values, need ${shape.length} each`);
  }
  return shape.map((dimension, axis) => {
    const begin = begins[axis];
    const length = lengths[axis] === -1 ? dimension - begin : lengths[axis];
    if (begin < 0 || length < 0 || begin + length > dimension) {
      fail(`${length} from ${begin} on is outside the ${dimension} of axis ${axis}`);
    }
    return { begin, length };
  });
}

/** The part of `length` elements an axis that begins at `begin`, both constant. */
export const slice = defineMove({
  type: 'SLICE',
  tflite: {
    options: 'SliceOptions',
    versions: {
      runtimes: '1.14.0 1.14.0 1.14.0 2.4.0 2.5.0',
      types: { int8: 2, string: 3, int16: 4 },
      rule: ({ inputs }: Site) => (rankOf(inputs[0]) > MAX_PLAIN_RANK ? 5 : undefined),
    },
  },
  indexInputs: [1, 2],
  tflm: { limits: { types: ['float32|int8|int16|int32|bool int32|int64'], maxRank: 5 } },

  estimates: {
    any: estimate({ elements: 4, innerRows: 9, '1': 460 }, 'SLICE itself, counted at -O2 (4 an element)'),
  },
  shape: (_attributes, inputs) => rangesOf(inputs).map(({ length }) => length),
  source(_attributes, inputs, input, output) {
    const strides = stridesOf(input);
    const start = rangesOf(inputs).reduce((sum, { begin }, axis) => sum + begin * strides[axis], 0);
    return walk(output, strides, start);
  },
});
