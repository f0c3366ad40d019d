import { readInts } from '../../kernels/definition/operands.ts';
import { opFor } from '../../kernels/registry.ts';
import { elementCount, type Tensor } from '../../models/graph/graph.ts';
import type { Check, FurtherImports } from './import-checks.ts';
import { nameInTool } from './later-operators.ts';
import { CONV_CHECKS, IMPORTED, knownActivation } from './importer.ts';

const FUSE = 'give it to the convolution or Dense before it as its activation';
const LEAVE_OUT = 'leave it out, or use a RESHAPE to [1, n] before a Dense';
const FLOAT = 'pass the float32 model, it quantizes by itself';

/** The way out of an operator that it does not import. */
const INSTEAD: Readonly<Record<string, string>> = {
  RELU: FUSE,
  RELU6: FUSE,
  RELU_N1_TO_1: 'use RELU6, as the activation of the convolution or Dense before it',
  SQUEEZE: LEAVE_OUT,
  EXPAND_DIMS: LEAVE_OUT,
  QUANTIZE: FLOAT,
  DEQUANTIZE: FLOAT,
  RESIZE_BILINEAR: 'use RESIZE_NEAREST_NEIGHBOR',
  HARD_SWISH: 'use RELU6, as the activation of the convolution before it',
  BATCH_TO_SPACE_ND: 'use a convolution without dilation',
};

const plainDepthwise: Check = ({ attributes, inputs }, { tensors }) => {
  const { depthMultiplier = 1 } = attributes as { readonly depthMultiplier?: number };
  if (depthMultiplier === 1 || tensors[inputs[0]].shape.at(-1) === 1) return undefined;
  return [
    'Layer DEPTHWISE_CONV_2D is not supported: depth_multiplier must be 1',
    `this one is ${depthMultiplier}; use a multiplier of 1 and a 1x1 convolution behind it`,
  ];
};

const lastAxis: Check = ({ attributes }) =>
  (attributes as { readonly axis: number }).axis === 3
    ? undefined
    : ['Axis of concatenation must be 3.', 'join four-dimensional maps along axis 3, and write 3 for -1'];

const onePixel: Check = ({ inputs }, { tensors }) =>
  constantOf(tensors[inputs[1]]) === '0,0,1,1,1,1,0,0'
    ? undefined
    : [
        'Layer Pad is not supported: Only paddings of [[0,0],[1,1],[1,1],[0,0]] is supported',
        'pad one pixel on each side, before a VALID 3x3 convolution',
      ];

const overPixels: Check = ({ inputs }, { tensors }) =>
  constantOf(tensors[inputs[1]]) === '1,2'
    ? undefined
    : [
        'Layer tflite.Operator is not supported: Only [1,2] axis mean is supported',
        'average over height and width, axes [1, 2] in this order',
      ];

const byScalar: Check = ({ inputs }, { tensors }) =>
  inputs.some((tensor) => tensors[tensor].isConstant && elementCount(tensors[tensor].shape) === 1)
    ? undefined
    : [
        'Layer tflite.Operator is not supported: Only scalar multiply is supported',
        'multiply by one number, or fold the factors into a convolution',
      ];

function constantOf(tensor: Tensor | undefined): string | undefined {
  return tensor?.data && readInts(tensor, 'operand').join();
}

/** In the order of its own list, what it asks of each. */
const CHECKS: Readonly<Record<string, readonly Check[]>> = {
  SPACE_TO_BATCH_ND: [],
  CONV_2D: IMPORTED.CONV_2D,
  DEPTHWISE_CONV_2D: [...CONV_CHECKS, plainDepthwise],
  AVERAGE_POOL_2D: [knownActivation],
  MAX_POOL_2D: [knownActivation],
  L2_NORMALIZATION: [],
  ADD: [],
  MUL: [byScalar],
  FULLY_CONNECTED: IMPORTED.FULLY_CONNECTED,
  SOFTMAX: [],
  CONCATENATION: [lastAxis],
  MAXIMUM: [],
  RESIZE_NEAREST_NEIGHBOR: [],
  LEAKY_RELU: [],
  MEAN: [overPixels],
  RESHAPE: IMPORTED.RESHAPE,
  PAD: [onePixel],
  LOGISTIC: [],
};
const NAMES = Object.keys(CHECKS);
/** They go away with the types that they convert between. */
const CONVERSIONS: readonly string[] = ['QUANTIZE', 'DEQUANTIZE'];

function insteadOf(op: string): string {
  if (INSTEAD[op] !== undefined) return INSTEAD[op];
  const form = opFor(op)?.kmodel;
  if (form && 'instead' in form) return form.instead;
  return `it takes no other operators than ${NAMES.join(', ')}`;
}

export const FURTHER_IMPORTS: FurtherImports = {
  checksOf: (op, isFloat) => CHECKS[op] ?? (isFloat && CONVERSIONS.includes(op) ? [] : undefined),
  insteadOf,
  nameOf: nameInTool,
};
