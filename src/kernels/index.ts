import type { OpType } from '../models/graph/attributes.ts';
import type { Op } from './definition/op.ts';
import { add } from './add/index.ts';
import { argMax } from './reduce/arg-max.ts';
import { averagePool2d } from './average-pool-2d/index.ts';
import { concatenation } from './moves/concatenation.ts';
import { conv2d } from './windows/conv-2d/index.ts';
import { depthwiseConv2d } from './windows/depthwise-conv-2d/index.ts';
import { dequantize } from './dequantize/index.ts';
import { expandDims } from './moves/expand-dims.ts';
import { fullyConnected } from './dense/index.ts';
import { hardSwish } from './hard-swish/index.ts';
import { leakyRelu } from './leaky-relu/index.ts';
import { logistic } from './logistic/index.ts';
import { maxPool2d } from './max-pool-2d/index.ts';
import { maximum } from './maximum/index.ts';
import { mean } from './mean/index.ts';
import { minimum } from './minimum/index.ts';
import { mul } from './mul/index.ts';
import { pack } from './moves/pack.ts';
import { pad } from './pad/index.ts';
import { padv2 } from './padv2/index.ts';
import { prelu } from './elementwise/prelu.ts';
import { quantize } from './quantize/index.ts';
import { relu } from './relu/index.ts';
import { relu6 } from './relu6/index.ts';
import { reshape } from './moves/reshape.ts';
import { resizeBilinear } from './resize-bilinear/index.ts';
import { resizeNearestNeighbor } from './resize-nearest-neighbor/index.ts';
import { shape } from './moves/shape.ts';
import { softmax } from './softmax/index.ts';
import { split } from './moves/split.ts';
import { squeeze } from './moves/squeeze.ts';
import { stridedSlice } from './moves/strided-slice/index.ts';
import { sub } from './sub/index.ts';
import { sum } from './sum/index.ts';
import { tanh } from './tanh/index.ts';
import { transpose } from './moves/transpose.ts';
import { transposeConv } from './windows/transpose-conv/index.ts';

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
