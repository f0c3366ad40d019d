import type { TransposeConvAttributes } from '../../../models/graph/attributes.ts';
import { elementCount } from '../../../models/graph/graph.ts';
import { clamp } from '../../../numbers.ts';
import type { Kernel, Prepare } from '../../definition/kernel.ts';
import { floatBounds } from '../../numbers/quantization.ts';
import { biasAt } from '../../numbers/rescale.ts';
import { describeTransposeConv, scatter, type AddTap } from './scatter.ts';

const { fround } = Math;

const add: AddTap = (sums, at, value, weight) => {
  sums[at] = fround(sums[at] + fround(value * weight));
};

/** Transposed convolution in single precision (TFLite reference_ops TransposeConv), then bias, then bounds. */
export const prepareTransposeConvFloat32: Prepare<TransposeConvAttributes> = (
  attributes,
  inputs,
  [output],
): Kernel => {
  const g = describeTransposeConv(attributes, inputs, output);
  const { low, high } = floatBounds(attributes.activation);
  const sums = new Float64Array(elementCount(output.shape));
  return {
    run([, weights, input, bias], [out]) {
      scatter(g, input, weights, sums, add);
      for (let at = 0; at < sums.length; at++) {
        const offset = biasAt(bias, at % g.outC);
        out[at] = clamp(fround(sums[at] + offset), low, high);
      }
    },
  };
};
