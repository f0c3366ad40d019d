import type { FullyConnectedAttributes } from '../../models/graph/attributes.ts';
import { elementCount } from '../../models/graph/graph.ts';
import { clamp } from '../../numbers.ts';
import type { Kernel, Prepare } from '../definition/kernel.ts';
import { operand } from '../definition/operands.ts';
import { floatBounds } from '../numbers/quantization.ts';
import { biasAt } from '../numbers/rescale.ts';

const { fround } = Math;

/** Dense layer in single precision: inputs in order, then bias, then bounds. */
export const prepareFullyConnectedFloat32: Prepare<FullyConnectedAttributes> = (
  attributes,
  inputs,
): Kernel => {
  const [outC, inC] = operand(inputs, 1, 'weights').shape;
  const rows = elementCount(operand(inputs, 0, 'input').shape) / inC;
  const { low, high } = floatBounds(attributes.activation);
  return {
    run([input, weights, bias], [out]) {
      for (let row = 0; row < rows; row++) {
        for (let f = 0; f < outC; f++) {
          let sum = 0;
          for (let c = 0; c < inC; c++) {
            sum = fround(sum + fround(input[row * inC + c] * weights[f * inC + c]));
          }
          out[row * outC + f] = clamp(fround(sum + biasAt(bias, f)), low, high);
        }
      }
    },
  };
};
