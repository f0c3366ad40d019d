import type { SoftmaxAttributes } from '../../models/graph/attributes.ts';
import type { Kernel, Prepare } from '../definition/kernel.ts';
import { byRow } from './last-dimension.ts';

const { fround } = Math;

/** exp((x - max) beta) over its sum, rows of the last dimension, in single precision. */
export const prepareSoftmaxFloat32: Prepare<SoftmaxAttributes> = (attributes, inputs): Kernel => {
  const beta = fround(attributes.beta);
  return byRow(inputs, (length) => (input, out, row, max) => {
    let sum = 0;
    for (let c = 0; c < length; c++) {
      const value = fround(Math.exp(fround(fround(input[row + c] - max) * beta)));
      out[row + c] = value;
      sum = fround(sum + value);
    }
    for (let c = 0; c < length; c++) out[row + c] = fround(out[row + c] / sum);
  });
};
