import type { TransposeConvAttributes } from '../../../models/graph/attributes.ts';
import type { TensorInfo } from '../../../models/graph/graph.ts';
import type { NumericData } from '../../definition/kernel.ts';
import { operand, type Operands } from '../../definition/operands.ts';
import { describeWindow } from '../window.ts';
import type { WindowGeometry } from '../window-counts.ts';

/** Geometry of a transposed convolution. */
export function describeTransposeConv(
  attributes: TransposeConvAttributes,
  inputs: Operands,
  output: TensorInfo,
): WindowGeometry {
  const input = operand(inputs, 2, 'input');
  const [, kernelH, kernelW] = operand(inputs, 1, 'weights').shape;
  // The image is scattered through the window that would slide over the output, so that window sets the padding.
  const { padTop, padLeft } = describeWindow(output, input, [kernelH, kernelW], attributes);
  return { ...describeWindow(input, output, [kernelH, kernelW], attributes), padTop, padLeft };
}

/** What one input element adds to the accumulator of one output element; `sums` is indexed as the output. */
export type AddTap = (sums: Float64Array, at: number, input: number, weight: number) => void;

// Plain parameters: with an object for the place these loops take 1.1 to 1.7 times as long.
function scatterElement(
  g: WindowGeometry,
  sums: Float64Array,
  base: number,
  y: number,
  x: number,
  c: number,
  value: number,
  weights: NumericData,
  add: AddTap,
) {
  for (let ky = 0; ky < g.kernelH; ky++) {
    const oy = y * g.strideH - g.padTop + ky;
    if (oy < 0 || oy >= g.outH) continue;
    for (let kx = 0; kx < g.kernelW; kx++) {
      const ox = x * g.strideW - g.padLeft + kx;
      if (ox < 0 || ox >= g.outW) continue;
      const at = base + (oy * g.outW + ox) * g.outC;
      for (let f = 0; f < g.outC; f++) {
        add(sums, at + f, value, weights[((f * g.kernelH + ky) * g.kernelW + kx) * g.inC + c]);
      }
    }
  }
}

/** Adds every input element into the outputs that it reaches, in TFLite's order. */
export function scatter(
  g: WindowGeometry,
  input: NumericData,
  weights: NumericData,
  sums: Float64Array,
  add: AddTap,
): void {
  let at = 0;
  sums.fill(0);
  for (let batch = 0; batch < (g.batches ?? 1); batch++) {
    const base = batch * g.outH * g.outW * g.outC;
    for (let y = 0; y < g.inH; y++) {
      for (let x = 0; x < g.inW; x++) {
        for (let c = 0; c < g.inC; c++) scatterElement(g, sums, base, y, x, c, input[at++], weights, add);
      }
    }
  }
}
