import type { FullyConnectedAttributes } from '../../models/graph/attributes.ts';
import { elementCount } from '../../models/graph/graph.ts';
import type { Kernel, Prepare } from '../definition/kernel.ts';
import { biasAt, prepareRescale, rescale, weightedOperands } from '../numbers/rescale.ts';

/** Dense layer of quantized integers (TFLite reference_integer_ops FullyConnected). */
export const prepareFullyConnectedInteger: Prepare<FullyConnectedAttributes> = (
  attributes,
  inputs,
  [output],
): Kernel => {
  const op = weightedOperands(inputs, output);
  const [outC, inC] = op.weights.shape;
  const rows = elementCount(op.input.shape) / inC;
  const r = prepareRescale(op, outC, attributes.activation, true);
  return {
    run([input, weights, bias], [out]) {
      for (let row = 0; row < rows; row++) {
        for (let f = 0; f < outC; f++) {
          let sum = biasAt(bias, f);
          for (let c = 0; c < inC; c++) {
            sum += (weights[f * inC + c] - r.weightZero) * (input[row * inC + c] - r.inputZero);
          }
          out[row * outC + f] = rescale(r, sum, f);
        }
      }
    },
  };
};
