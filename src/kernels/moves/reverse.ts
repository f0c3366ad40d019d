import { normalizeAxis } from '../../models/graph/shapes.ts';
import { operand, readOperandInts, type Operands } from '../definition/operands.ts';
import { estimate } from '../definition/tflm.ts';
import { stridesOf, walk } from '../numbers/broadcast.ts';
import { defineMove } from './define-move.ts';

const axesOf = (inputs: Operands): number[] => {
  const rank = operand(inputs, 0, 'input').shape.length;
  return readOperandInts(inputs, 1, 'axes').map((axis) => normalizeAxis(axis, rank));
};

/** Turns the axes of the constant second input around. */
export const reverseV2 = defineMove({
  type: 'REVERSE_V2',
  tflite: { options: 'ReverseV2Options', versions: { runtimes: '1.14.0 2.2.0 2.5.0', types: { bool: 2 } } },
  tflm: {
    limits: {
      types: ['float32|int8|uint8|int16|int32|int64|bool int32'],
      check({ inputs }) {
        const axes = axesOf(inputs).sort((a, b) => a - b);
        const isRun = axes.every((axis, at) => at === 0 || axis === axes[at - 1] + 1);
        return isRun ? undefined : `axes ${axes.join(',')} that are not next to each other`;
      },
    },
  },
  indexInputs: [1],
  estimates: {
    any: estimate({ outputBytes: 0.6, innerRows: 34, '1': 300 }, 'memcpy of rows in CONCATENATION'),
  },
  shape: (_attributes, inputs) => {
    axesOf(inputs);
    return operand(inputs, 0, 'input').shape;
  },
  source(_attributes, inputs, input) {
    const axes = axesOf(inputs);
    const strides = stridesOf(input);
    const start = axes.reduce((sum, axis) => sum + (input[axis] - 1) * strides[axis], 0);
    return walk(
      input,
      strides.map((stride, axis) => (axes.includes(axis) ? -stride : stride)),
      start,
    );
  },
});
