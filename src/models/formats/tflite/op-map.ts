import type { OpAttributes, OpType } from '../../graph/attributes.ts';
import { ACTIVATION, FINITE, OPTIONAL_LIST, PADDING, PLAIN, POSITIVE, type Codec } from './codecs.ts';
import type { OptionsField, OptionsName } from './options-table.ts';
import { BuiltinOperator } from './schema/schema.ts';

/** How one attribute is stored: the field of the options table, by the format's name, and its translation. */
export type FieldMap<Name extends OptionsName = OptionsName> = readonly [
  field: OptionsField<Name>,
  codec: Codec,
];

/** One operator in both directions: builtin code, options table (absent where it has none), attributes. */
export interface OpMapRow {
  readonly op: OpType;
  readonly code: number;
  readonly options?: OptionsName;
  readonly fields: Readonly<Record<string, FieldMap>>;
}

type FieldsOf<A, Name extends OptionsName> = { readonly [K in keyof A & string]-?: FieldMap<Name> };
type PlainOp = { [T in OpType]: string extends keyof OpAttributes[T] ? T : never }[OpType];

function plain(op: PlainOp, options?: OptionsName): OpMapRow {
  return { op, code: BuiltinOperator[op], ...(options && { options }), fields: {} };
}

function row<T extends Exclude<OpType, PlainOp>, Name extends OptionsName>(
  op: T,
  options: Name,
  fields: FieldsOf<OpAttributes[T], Name>,
): OpMapRow {
  return { op, code: BuiltinOperator[op], options, fields };
}

const activation = ['fused_activation_function', ACTIVATION] as const;
const padding = ['padding', PADDING] as const;
const strides = { strideH: ['stride_h', POSITIVE], strideW: ['stride_w', POSITIVE] } as const;
const dilations = {
  dilationH: ['dilation_h_factor', POSITIVE],
  dilationW: ['dilation_w_factor', POSITIVE],
} as const;
const window2d = {
  padding,
  ...strides,
  filterH: ['filter_height', POSITIVE],
  filterW: ['filter_width', POSITIVE],
  activation,
} as const;
const resize = {
  alignCorners: ['align_corners', PLAIN],
  halfPixelCenters: ['half_pixel_centers', PLAIN],
} as const;
const reducer = { keepDims: ['keep_dims', PLAIN] } as const;

/** Every operator with typed attributes, once; `read.ts` and a writer both go by it. */
export const OP_MAP: readonly OpMapRow[] = [
  row('CONV_2D', 'Conv2DOptions', { padding, ...strides, ...dilations, activation }),
  row('DEPTHWISE_CONV_2D', 'DepthwiseConv2DOptions', {
    padding,
    ...strides,
    ...dilations,
    depthMultiplier: ['depth_multiplier', PLAIN],
    activation,
  }),
  row('TRANSPOSE_CONV', 'TransposeConvOptions', { padding, ...strides, activation }),
  row('FULLY_CONNECTED', 'FullyConnectedOptions', { activation, keepNumDims: ['keep_num_dims', PLAIN] }),
  row('MAX_POOL_2D', 'Pool2DOptions', window2d),
  row('AVERAGE_POOL_2D', 'Pool2DOptions', window2d),
  row('SOFTMAX', 'SoftmaxOptions', { beta: ['beta', FINITE] }),
  plain('LOGISTIC'),
  plain('TANH'),
  plain('RELU'),
  plain('RELU6'),
  row('LEAKY_RELU', 'LeakyReluOptions', { alpha: ['alpha', FINITE] }),
  plain('PRELU'),
  plain('HARD_SWISH', 'HardSwishOptions'),
  row('ADD', 'AddOptions', { activation }),
  row('SUB', 'SubOptions', { activation }),
  row('MUL', 'MulOptions', { activation }),
  plain('MAXIMUM', 'MaximumMinimumOptions'),
  plain('MINIMUM', 'MaximumMinimumOptions'),
  row('RESHAPE', 'ReshapeOptions', { newShape: ['new_shape', OPTIONAL_LIST] }),
  row('SQUEEZE', 'SqueezeOptions', { squeezeDims: ['squeeze_dims', PLAIN] }),
  plain('EXPAND_DIMS', 'ExpandDimsOptions'),
  plain('TRANSPOSE', 'TransposeOptions'),
  row('CONCATENATION', 'ConcatenationOptions', { axis: ['axis', PLAIN], activation }),
  row('SPLIT', 'SplitOptions', { splits: ['num_splits', POSITIVE] }),
  row('STRIDED_SLICE', 'StridedSliceOptions', {
    beginMask: ['begin_mask', PLAIN],
    endMask: ['end_mask', PLAIN],
    ellipsisMask: ['ellipsis_mask', PLAIN],
    newAxisMask: ['new_axis_mask', PLAIN],
    shrinkAxisMask: ['shrink_axis_mask', PLAIN],
    offset: ['offset', PLAIN],
  }),
  plain('PAD', 'PadOptions'),
  plain('PADV2', 'PadV2Options'),
  row('MEAN', 'ReducerOptions', reducer),
  row('SUM', 'ReducerOptions', reducer),
  row('RESIZE_NEAREST_NEIGHBOR', 'ResizeNearestNeighborOptions', resize),
  row('RESIZE_BILINEAR', 'ResizeBilinearOptions', resize),
  plain('QUANTIZE', 'QuantizeOptions'),
  plain('DEQUANTIZE', 'DequantizeOptions'),
  plain('SHAPE', 'ShapeOptions'),
  row('PACK', 'PackOptions', { axis: ['axis', PLAIN], values: ['values_count', POSITIVE] }),
  plain('ARG_MAX', 'ArgMaxOptions'),
];

/** Rows by operator name. */
export const ROW_BY_OP: ReadonlyMap<string, OpMapRow> = new Map(OP_MAP.map((entry) => [entry.op, entry]));

/** Rows by builtin code. */
export const ROW_BY_CODE: ReadonlyMap<number, OpMapRow> = new Map(OP_MAP.map((entry) => [entry.code, entry]));

/** Name of every builtin operator of the format by its code, understood or not. */
export const OP_NAME_BY_CODE: ReadonlyMap<number, string> = new Map(
  Object.entries(BuiltinOperator).map(([name, code]) => [code, name]),
);
