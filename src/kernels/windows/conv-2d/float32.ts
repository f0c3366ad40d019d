import type { Conv2dAttributes } from '../../../models/graph/attributes.ts';
import { clamp } from '../../../numbers.ts';
import type { Kernel, NumericData, Prepare } from '../../definition/kernel.ts';
import { operand } from '../../definition/operands.ts';
import { floatBounds } from '../../numbers/quantization.ts';
import { biasAt } from '../../numbers/rescale.ts';
import { describeConv } from './int8.ts';
import { fillOutputs } from '../fill-outputs.ts';

const { fround } = Math;

type Conv = ReturnType<typeof describeConv>;

// Plain parameters: with an object for the place these loops take 1.1 to 1.7 times as long.
function sumTaps(
  g: Conv,
  input: NumericData,
  weights: NumericData,
  base: number,
  y: number,
  x: number,
  f: number,
): number {
  let sum = 0;
  const group = Math.floor(f / g.filtersPerGroup) * g.filterC;
  for (let ky = 0; ky < g.kernelH; ky++) {
    const iy = y * g.strideH - g.padTop + ky * g.dilationH;
    if (iy < 0 || iy >= g.inH) continue;
    for (let kx = 0; kx < g.kernelW; kx++) {
      const ix = x * g.strideW - g.padLeft + kx * g.dilationW;
      if (ix < 0 || ix >= g.inW) continue;
      const inAt = base + (iy * g.inW + ix) * g.inC + group;
      const weightAt = ((f * g.kernelH + ky) * g.kernelW + kx) * g.filterC;
      for (let c = 0; c < g.filterC; c++) {
        sum = fround(sum + fround(input[inAt + c] * weights[weightAt + c]));
      }
    }
  }
  return sum;
}

/** Convolution in single precision: filter rows, columns, channels, then bias, then bounds (TFLite reference_ops Conv). */
export const prepareConv2dFloat32: Prepare<Conv2dAttributes> = (attributes, inputs, [output]): Kernel => {
  const g = describeConv(attributes, operand(inputs, 0, 'input'), operand(inputs, 1, 'weights'), output);
  const { low, high } = floatBounds(attributes.activation);
  return {
    run([input, weights, bias], [out]) {
      fillOutputs(g, out, (base, y, x, f) =>
        clamp(fround(sumTaps(g, input, weights, base, y, x, f) + biasAt(bias, f)), low, high),
      );
    },
  };
};
