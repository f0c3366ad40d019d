import type { SoftmaxAttributes } from '../../models/graph/attributes.ts';
import { elementCount } from '../../models/graph/graph.ts';
import type { Kernel, Prepare } from '../definition/kernel.ts';
import { operand } from '../definition/operands.ts';

const { fround } = Math;

/** exp((x - max) beta) over its sum, rows of the last dimension, in single precision. */
export const prepareSoftmaxFloat32: Prepare<SoftmaxAttributes> = (attributes, inputs): Kernel => {
  const { shape } = operand(inputs, 0, 'input');
  const length = shape[shape.length - 1];
  const elements = elementCount(shape);
  const beta = fround(attributes.beta);
  return {
    run([input], [out]) {
      for (let row = 0; row < elements; row += length) {
        let max = -Infinity;
        for (let c = 0; c < length; c++) max = Math.max(max, input[row + c]);
        let sum = 0;
        for (let c = 0; c < length; c++) {
          const value = fround(Math.exp(fround(fround(input[row + c] - max) * beta)));
          out[row + c] = value;
          sum = fround(sum + value);
        }
        for (let c = 0; c < length; c++) out[row + c] = fround(out[row + c] / sum);
      }
    },
  };
};
