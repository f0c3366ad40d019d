import type { Padding } from '../../models/graph/attributes.ts';
import type { TensorInfo } from '../../models/graph/graph.ts';
import { convOutSize, paddingAmount } from '../../models/graph/shapes.ts';
import { fail, requirePositive } from '../definition/operands.ts';
import type { WindowGeometry } from './window-counts.ts';

/** How a window slides; without dilation where that is absent. */
export interface WindowSlide {
  readonly padding: Padding;
  readonly strideH: number;
  readonly strideW: number;
  readonly dilationH?: number;
  readonly dilationW?: number;
}

function slideAxis(
  axis: string,
  input: number,
  kernel: number,
  stride: number,
  dilation: number,
  padding: Padding,
) {
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
  return [
    slideAxis('height', inH, kernelH, slide.strideH, slide.dilationH ?? 1, slide.padding),
    slideAxis('width', inW, kernelW, slide.strideW, slide.dilationW ?? 1, slide.padding),
  ];
}

/**
 * Geometry of a window op from its NHWC input and output, padding as TFLite places it (extra pixel after); `inC` where
 * the window reads other channels than the input has.
 */
export function describeWindow(
  input: TensorInfo,
  output: TensorInfo,
  kernelH: number,
  kernelW: number,
  slide: WindowSlide,
  inC = input.shape[3],
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
