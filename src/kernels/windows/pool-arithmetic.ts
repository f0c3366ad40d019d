import type { Pool2dAttributes } from '../../models/graph/attributes.ts';
import type { TensorInfo } from '../../models/graph/graph.ts';
import { clamp } from '../../numbers.ts';
import { isQuantizedType, type Kernel, type NumericData, type Prepare } from '../definition/kernel.ts';
import { fail, operand, type Operands } from '../definition/operands.ts';
import { floatBounds, quantizedBounds, type Range } from '../numbers/quantization.ts';
import { describeWindow } from './window.ts';

/** Part of the image under one window: rows and columns, ends excluded, and its channel. */
interface Patch {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/** One output from the patch of channel offset `base`; `rowStride` and `pixelStride` in elements. */
type Pool = (
  input: NumericData,
  patch: Patch,
  base: number,
  rowStride: number,
  pixelStride: number,
) => number;

function maximum(
  input: NumericData,
  patch: Patch,
  base: number,
  rowStride: number,
  pixelStride: number,
): number {
  let largest = -Infinity;
  for (let y = patch.top; y < patch.bottom; y++) {
    for (let x = patch.left; x < patch.right; x++) {
      const value = input[base + y * rowStride + x * pixelStride];
      if (value > largest) largest = value;
    }
  }
  return largest;
}

function floatMean(
  input: NumericData,
  patch: Patch,
  base: number,
  rowStride: number,
  pixelStride: number,
): number {
  let sum = 0;
  for (let y = patch.top; y < patch.bottom; y++) {
    for (let x = patch.left; x < patch.right; x++) {
      sum = Math.fround(sum + input[base + y * rowStride + x * pixelStride]);
    }
  }
  return sum / ((patch.bottom - patch.top) * (patch.right - patch.left));
}

function integerMean(
  input: NumericData,
  patch: Patch,
  base: number,
  rowStride: number,
  pixelStride: number,
): number {
  let sum = 0;
  for (let y = patch.top; y < patch.bottom; y++) {
    for (let x = patch.left; x < patch.right; x++) sum += input[base + y * rowStride + x * pixelStride];
  }
  const pixels = (patch.bottom - patch.top) * (patch.right - patch.left);
  const half = pixels >> 1;
  return Math.trunc((sum > 0 ? sum + half : sum - half) / pixels);
}

/** Root of the mean of the squares. */
function floatRootMeanSquare(
  input: NumericData,
  patch: Patch,
  base: number,
  rowStride: number,
  pixelStride: number,
): number {
  let sum = 0;
  for (let y = patch.top; y < patch.bottom; y++) {
    for (let x = patch.left; x < patch.right; x++) {
      const value = input[base + y * rowStride + x * pixelStride];
      sum = Math.fround(sum + Math.fround(value * value));
    }
  }
  const pixels = (patch.bottom - patch.top) * (patch.right - patch.left);
  return Math.fround(Math.sqrt(Math.fround(sum / pixels)));
}

function bounds(attributes: Pool2dAttributes, output: TensorInfo): Range {
  if (output.dtype === 'float32') return floatBounds(attributes.activation);
  if (isQuantizedType(output.dtype)) return quantizedBounds(attributes.activation, output);
  return fail(`pooling of ${output.dtype} has no arithmetic`);
}

function preparePool(attributes: Pool2dAttributes, inputs: Operands, output: TensorInfo, pool: Pool): Kernel {
  const { filterH, filterW } = attributes;
  const g = describeWindow(operand(inputs, 0, 'input'), output, [filterH, filterW], attributes);
  const { low, high } = bounds(attributes, output);
  const patch = { top: 0, bottom: 0, left: 0, right: 0 };
  return {
    run([input], [out]) {
      let at = 0;
      for (let batch = 0; batch < (g.batches ?? 1); batch++) {
        const base = batch * g.inH * g.inW * g.inC;
        for (let y = 0; y < g.outH; y++) {
          patch.top = Math.max(0, y * g.strideH - g.padTop);
          patch.bottom = Math.min(g.inH, y * g.strideH - g.padTop + filterH);
          for (let x = 0; x < g.outW; x++) {
            patch.left = Math.max(0, x * g.strideW - g.padLeft);
            patch.right = Math.min(g.inW, x * g.strideW - g.padLeft + filterW);
            for (let c = 0; c < g.inC; c++) {
              out[at++] = clamp(pool(input, patch, base + c, g.inW * g.inC, g.inC), low, high);
            }
          }
        }
      }
    },
  };
}

/** Largest value under each window, no rescaling. */
export const prepareMaxPool2d: Prepare<Pool2dAttributes> = (attributes, inputs, [output]) =>
  preparePool(attributes, inputs, output, maximum);

/** Mean of the pixels inside the image; integers round half away from zero and keep their scale. */
export const prepareAveragePool2d: Prepare<Pool2dAttributes> = (attributes, inputs, [output]) =>
  preparePool(attributes, inputs, output, output.dtype === 'float32' ? floatMean : integerMean);

/** Root of the mean square of the pixels inside the image, in float32. */
export const prepareL2Pool2d: Prepare<Pool2dAttributes> = (attributes, inputs, [output]) => {
  if (output.dtype !== 'float32') fail(`arithmetic on ${output.dtype} is not written`);
  return preparePool(attributes, inputs, output, floatRootMeanSquare);
};
