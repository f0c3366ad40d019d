import type { TransposeConvAttributes } from '../../../models/graph/attributes.ts';
import { elementCount } from '../../../models/graph/graph.ts';
import type { Kernel, Prepare } from '../../definition/kernel.ts';
import { operand } from '../../definition/operands.ts';
import { biasAt, prepareRescale, rescale } from '../../numbers/rescale.ts';
import { describeTransposeConv, scatter, type AddTap } from './scatter.ts';

/** Transposed convolution of quantized integers (TFLite reference_integer_ops TransposeConv). */
export const prepareTransposeConvInteger: Prepare<TransposeConvAttributes> = (
  attributes,
  inputs,
  [output],
): Kernel => {
  const op = {
    input: operand(inputs, 2, 'input'),
    weights: operand(inputs, 1, 'weights'),
    bias: inputs[3],
    output,
  };
  const g = describeTransposeConv(attributes, inputs, output);
  const r = prepareRescale(op, g.outC, attributes.activation, false);
  const sums = new Float64Array(elementCount(output.shape));
  const add: AddTap = (to, at, value, weight) => {
    to[at] += (value - r.inputZero) * (weight - r.weightZero);
  };
  return {
    run([, weights, input, bias], [out]) {
      scatter(g, input, weights, sums, add);
      for (let at = 0; at < sums.length; at++) {
        const channel = at % g.outC;
        out[at] = rescale(r, sums[at] + biasAt(bias, channel), channel);
      }
    },
  };
};
