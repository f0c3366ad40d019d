import type { OpType } from '../models/graph/attributes.ts';
import type { Op } from './op.ts';
import { add } from './add/index.ts';
import { argMax } from './arg-max/index.ts';
import { averagePool2d } from './average-pool-2d/index.ts';
import { concatenation } from './concatenation/index.ts';
import { conv2d } from './conv-2d/index.ts';
import { depthwiseConv2d } from './depthwise-conv-2d/index.ts';
import { dequantize } from './dequantize/index.ts';
import { expandDims } from './expand-dims/index.ts';
import { fullyConnected } from './fully-connected/index.ts';
import { hardSwish } from './hard-swish/index.ts';
import { leakyRelu } from './leaky-relu/index.ts';
import { logistic } from './logistic/index.ts';
import { maxPool2d } from './max-pool-2d/index.ts';
import { maximum } from './maximum/index.ts';
import { mean } from './mean/index.ts';
import { minimum } from './minimum/index.ts';
import { mul } from './mul/index.ts';
import { pack } from './pack/index.ts';
import { pad } from './pad/index.ts';
import { padv2 } from './padv2/index.ts';
import { prelu } from './prelu/index.ts';
import { quantize } from './quantize/index.ts';
import { relu } from './relu/index.ts';
import { relu6 } from './relu6/index.ts';
import { reshape } from './reshape/index.ts';
import { resizeBilinear } from './resize-bilinear/index.ts';
import { resizeNearestNeighbor } from './resize-nearest-neighbor/index.ts';
import { shape } from './shape/index.ts';
import { softmax } from './softmax/index.ts';
import { split } from './split/index.ts';
import { squeeze } from './squeeze/index.ts';
import { stridedSlice } from './strided-slice/index.ts';
import { sub } from './sub/index.ts';
import { sum } from './sum/index.ts';
import { tanh } from './tanh/index.ts';
import { transpose } from './transpose/index.ts';
import { transposeConv } from './transpose-conv/index.ts';

/** Every operator that the project understands, by TFLite's builtin name. */
export const OPS: { readonly [T in OpType]: Op<T> } = {
  CONV_2D: conv2d,
  DEPTHWISE_CONV_2D: depthwiseConv2d,
  TRANSPOSE_CONV: transposeConv,
  FULLY_CONNECTED: fullyConnected,
  MAX_POOL_2D: maxPool2d,
  AVERAGE_POOL_2D: averagePool2d,
  SOFTMAX: softmax,
  LOGISTIC: logistic,
  TANH: tanh,
  RELU: relu,
  RELU6: relu6,
  LEAKY_RELU: leakyRelu,
  PRELU: prelu,
  HARD_SWISH: hardSwish,
  ADD: add,
  SUB: sub,
  MUL: mul,
  MAXIMUM: maximum,
  MINIMUM: minimum,
  RESHAPE: reshape,
  SQUEEZE: squeeze,
  EXPAND_DIMS: expandDims,
  TRANSPOSE: transpose,
  CONCATENATION: concatenation,
  SPLIT: split,
  STRIDED_SLICE: stridedSlice,
  PAD: pad,
  PADV2: padv2,
  MEAN: mean,
  SUM: sum,
  RESIZE_NEAREST_NEIGHBOR: resizeNearestNeighbor,
  RESIZE_BILINEAR: resizeBilinear,
  QUANTIZE: quantize,
  DEQUANTIZE: dequantize,
  SHAPE: shape,
  PACK: pack,
  ARG_MAX: argMax,
};

/** The operator of that name, or undefined where the project does not know it. */
export function opFor(type: string): Op | undefined {
  return Object.hasOwn(OPS, type) ? OPS[type as OpType] : undefined;
}
