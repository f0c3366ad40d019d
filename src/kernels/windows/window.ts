import type { Padding } from '../../models/graph/attributes.ts';
import type { TensorInfo } from '../../models/graph/graph.ts';
import { convOutSize, paddingAmount } from '../../models/graph/shapes.ts';
import { checkBias, fail, operandOfRank, requirePositive, type Operands } from '../definition/operands.ts';
import type { WindowGeometry } from './window-counts.ts';

/** How a window slides; without dilation where that is absent. */
export interface WindowSlide {
  readonly padding: Padding;
  readonly strideH: number;
  readonly strideW: number;
  readonly dilationH?: number;
  readonly dilationW?: number;
}

interface SlideAxis {
  readonly input: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly padding: Padding;
}

function slideAxis(axis: string, { input, kernel, stride, dilation, padding }: SlideAxis): number {
  requirePositive(kernel, `kernel ${axis}`);
  requirePositive(stride, `stride ${axis}`);
  requirePositive(dilation, `dilation ${axis}`);
  const output = convOutSize(input, kernel, stride, dilation, padding);
  if (output >= 1) return output;
  return fail(
    `a ${padding} window of ${axis} ${kernel} (dilation ${dilation}) does not fit into ${input} pixels`,
  );
}

/** Height and width that a window leaves of an NHWC image. Throws a SpecError where nothing is left. */
export function slideWindow(
  input: TensorInfo,
  kernelH: number,
  kernelW: number,
  slide: WindowSlide,
): [outH: number, outW: number] {
  const [, inH, inW] = input.shape;
  const { padding, strideH, strideW, dilationH = 1, dilationW = 1 } = slide;
  return [
    slideAxis('height', { input: inH, kernel: kernelH, stride: strideH, dilation: dilationH, padding }),
    slideAxis('width', { input: inW, kernel: kernelW, stride: strideW, dilation: dilationW, padding }),
  ];
}

/** The output of a convolution with bias: its height and width and `outC` channels. Throws a SpecError as `slideWindow`. */
export function inferConvOutput(
  inputs: Operands,
  [kernelH, kernelW, outC]: readonly [number, number, number],
  slide: WindowSlide,
): TensorInfo[] {
  const input = operandOfRank(inputs, 0, 'input', 4);
  checkBias(inputs[2], outC);
  const [outH, outW] = slideWindow(input, kernelH, kernelW, slide);
  return [{ shape: [input.shape[0], outH, outW, outC], dtype: input.dtype }];
}

/** Height and width of a window, and the channels that it reads where they are not all that the input has. */
export type WindowSize = readonly [kernelH: number, kernelW: number, inC?: number];

/** Geometry of a window op from its NHWC input and output, padding as TFLite places it (extra pixel after). */
export function describeWindow(
  input: TensorInfo,
  output: TensorInfo,
  [kernelH, kernelW, inC = input.shape[3]]: WindowSize,
  slide: WindowSlide,
): WindowGeometry {
  const [batches, inH, inW] = input.shape;
  const [, outH, outW, outC] = output.shape;
  const { strideH, strideW, dilationH = 1, dilationW = 1 } = slide;
  return {
    inH,
    inW,
    inC,
    outH,
    outW,
    outC,
    kernelH,
    kernelW,
    strideH,
    strideW,
    dilationH,
    dilationW,
    padTop: paddingAmount(inH, kernelH, strideH, dilationH, outH).before,
    padLeft: paddingAmount(inW, kernelW, strideW, dilationW, outW).before,
    batches,
  };
}
