import type { OpType } from '../models/graph/attributes.ts';
import { prepareHardSwish, prepareLeakyRelu, prepareRelu, prepareRelu6 } from './elementwise/activations.ts';
import {
  prepareAdd,
  prepareMaximum,
  prepareMinimum,
  prepareMul,
  preparePrelu,
  prepareSub,
} from './elementwise/binary.ts';
import { prepareConv2dFloat32 } from './windows/conv-2d/float32.ts';
import { prepareConv2dInteger } from './windows/conv-2d/int8.ts';
import { prepareDepthwiseConv2dFloat32 } from './windows/depthwise-conv-2d/float32.ts';
import { prepareDepthwiseConv2dInteger } from './windows/depthwise-conv-2d/int8.ts';
import { prepareFullyConnectedFloat32 } from './dense/float32.ts';
import { prepareFullyConnectedInteger } from './dense/int8.ts';
import { isQuantizedType, type Prepare } from './definition/kernel.ts';
import {
  prepareConcatenation,
  prepareCopy,
  preparePack,
  preparePad,
  prepareShape,
  prepareSplit,
  prepareStridedSlice,
  prepareTranspose,
} from './moves/moves.ts';
import { fail, operand } from './definition/operands.ts';
import { prepareAveragePool2d, prepareMaxPool2d } from './windows/pool-arithmetic.ts';
import { prepareDequantize, prepareQuantize } from './quantize/arithmetic.ts';
import { prepareArgMax, prepareMean, prepareSum } from './reduce/reduce-arithmetic.ts';
import { prepareResizeBilinear, prepareResizeNearest } from './resize/resize-arithmetic.ts';
import { prepareLogistic, prepareTanh } from './elementwise/sigmoidal.ts';
import { prepareSoftmaxFloat32 } from './softmax/float32.ts';
import { prepareSoftmaxInt16 } from './softmax/int16.ts';
import { prepareSoftmaxInt8 } from './softmax/int8.ts';
import { prepareTransposeConvFloat32 } from './windows/transpose-conv/float32.ts';
import { prepareTransposeConvInteger } from './windows/transpose-conv/int8.ts';

/** Arithmetic by the type of the operand at `position`: float32 for all operands, or quantized integers. */
function byInput<T extends OpType>(position: number, float32: Prepare<T>, integer: Prepare<T>): Prepare<T> {
  return (attributes, inputs, outputs) => {
    const { dtype } = operand(inputs, position, 'input');
    if (isQuantizedType(dtype)) return integer(attributes, inputs, outputs);
    const hybrid = inputs.find((tensor) => tensor !== undefined && isQuantizedType(tensor.dtype));
    if (hybrid !== undefined) fail(`${hybrid.dtype} weights with ${dtype} activations have no arithmetic`);
    if (dtype !== 'float32') fail(`arithmetic on ${dtype} is not written`);
    return float32(attributes, inputs, outputs);
  };
}

const prepareSoftmaxInteger: Prepare<'SOFTMAX'> = (attributes, inputs, outputs) =>
  (inputs[0]?.dtype === 'int16' ? prepareSoftmaxInt16 : prepareSoftmaxInt8)(attributes, inputs, outputs);

/**
 * The plain arithmetic of every operator, by TFLite's builtin name: the loops that faster ones must equal. Kept apart
 * from `index.ts`, so that counting work does not load it.
 */
export const ARITHMETIC: { readonly [T in OpType]: Prepare<T> } = {
  CONV_2D: byInput(0, prepareConv2dFloat32, prepareConv2dInteger),
  DEPTHWISE_CONV_2D: byInput(0, prepareDepthwiseConv2dFloat32, prepareDepthwiseConv2dInteger),
  TRANSPOSE_CONV: byInput(2, prepareTransposeConvFloat32, prepareTransposeConvInteger),
  FULLY_CONNECTED: byInput(0, prepareFullyConnectedFloat32, prepareFullyConnectedInteger),
  MAX_POOL_2D: prepareMaxPool2d,
  AVERAGE_POOL_2D: prepareAveragePool2d,
  SOFTMAX: byInput(0, prepareSoftmaxFloat32, prepareSoftmaxInteger),
  LOGISTIC: prepareLogistic,
  TANH: prepareTanh,
  RELU: prepareRelu,
  RELU6: prepareRelu6,
  LEAKY_RELU: prepareLeakyRelu,
  PRELU: preparePrelu,
  HARD_SWISH: prepareHardSwish,
  ADD: prepareAdd,
  SUB: prepareSub,
  MUL: prepareMul,
  MAXIMUM: prepareMaximum,
  MINIMUM: prepareMinimum,
  RESHAPE: prepareCopy,
  SQUEEZE: prepareCopy,
  EXPAND_DIMS: prepareCopy,
  TRANSPOSE: prepareTranspose,
  CONCATENATION: prepareConcatenation,
  SPLIT: prepareSplit,
  STRIDED_SLICE: prepareStridedSlice,
  PAD: preparePad,
  PADV2: preparePad,
  MEAN: prepareMean,
  SUM: prepareSum,
  RESIZE_NEAREST_NEIGHBOR: prepareResizeNearest,
  RESIZE_BILINEAR: prepareResizeBilinear,
  QUANTIZE: prepareQuantize,
  DEQUANTIZE: prepareDequantize,
  SHAPE: prepareShape,
  PACK: preparePack,
  ARG_MAX: prepareArgMax,
};
