import { ByteBuffer, type Offset } from 'flatbuffers';
import type { OpAttributes, OpType } from '../../graph/attributes.ts';
import type { Budget } from './budget.ts';
import { ACTIVATION, FINITE, PADDING, PLAIN, POSITIVE, type Codec } from './codecs.ts';
import * as schema from './schema/schema.ts';

/** How one attribute is stored: the accessor's name in the options table and its translation. */
export type FieldMap = readonly [accessor: string, codec: Codec];

/** An options table as generated; its accessors and `add...` builders are looked up by name. */
export interface OptionsTable {
  new (): { __init(at: number, bytes: ByteBuffer): object };
}

/** One operator in both directions: builtin code, options table and its union number, attributes. */
export interface OpMapRow {
  readonly op: OpType;
  readonly code: number;
  /** Number in the union BuiltinOptions; 0 where the operator has no options. */
  readonly optionsType: number;
  readonly options?: OptionsTable;
  /** The table's name, which its builders carry: `startConv2DOptions`. */
  readonly optionsName?: string;
  readonly fields: Readonly<Record<string, FieldMap>>;
  /** Attributes that are vectors; absent in the file and absent here mean the same only for optional ones. */
  readonly vectors?: Readonly<Record<string, { readonly accessor: string; readonly optional: boolean }>>;
}

type Vectors = NonNullable<OpMapRow['vectors']>;
type VectorKey<A> = { [K in keyof A]-?: NonNullable<A[K]> extends readonly unknown[] ? K : never }[keyof A];
type FieldsOf<A> = { readonly [K in Exclude<keyof A, VectorKey<A>> & string]: FieldMap };
type OptionsName = keyof typeof schema.BuiltinOptions;

function row<T extends OpType>(
  op: T,
  options: OptionsName,
  fields: string extends keyof OpAttributes[T] ? object : FieldsOf<OpAttributes[T]>,
  vectors?: Vectors,
): OpMapRow {
  const code = schema.BuiltinOperator[op];
  const optionsType = schema.BuiltinOptions[options];
  const base = { op, code, optionsType, fields: fields as OpMapRow['fields'], ...(vectors && { vectors }) };
  if (options === 'NONE') return base;
  return { ...base, options: schema[options] as OptionsTable, optionsName: options };
}

const activation: FieldMap = ['fusedActivationFunction', ACTIVATION];
const padding: FieldMap = ['padding', PADDING];
const strides = { strideH: ['strideH', POSITIVE], strideW: ['strideW', POSITIVE] } as const;
const dilations = {
  dilationH: ['dilationHFactor', POSITIVE],
  dilationW: ['dilationWFactor', POSITIVE],
} as const;
const window2d = {
  padding,
  ...strides,
  filterH: ['filterHeight', POSITIVE],
  filterW: ['filterWidth', POSITIVE],
  activation,
} as const;
const resize = {
  alignCorners: ['alignCorners', PLAIN],
  halfPixelCenters: ['halfPixelCenters', PLAIN],
} as const;
const reducer = { keepDims: ['keepDims', PLAIN] } as const;

/** Every operator with typed attributes, once; `read.ts` and a writer both go by it. */
export const OP_MAP: readonly OpMapRow[] = [
  row('CONV_2D', 'Conv2DOptions', { padding, ...strides, ...dilations, activation }),
  row('DEPTHWISE_CONV_2D', 'DepthwiseConv2DOptions', {
    padding,
    ...strides,
    ...dilations,
    depthMultiplier: ['depthMultiplier', PLAIN],
    activation,
  }),
  row('TRANSPOSE_CONV', 'TransposeConvOptions', { padding, ...strides, activation }),
  row('FULLY_CONNECTED', 'FullyConnectedOptions', { activation, keepNumDims: ['keepNumDims', PLAIN] }),
  row('MAX_POOL_2D', 'Pool2DOptions', window2d),
  row('AVERAGE_POOL_2D', 'Pool2DOptions', window2d),
  row('SOFTMAX', 'SoftmaxOptions', { beta: ['beta', FINITE] }),
  row('LOGISTIC', 'NONE', {}),
  row('TANH', 'NONE', {}),
  row('RELU', 'NONE', {}),
  row('RELU6', 'NONE', {}),
  row('LEAKY_RELU', 'LeakyReluOptions', { alpha: ['alpha', FINITE] }),
  row('PRELU', 'NONE', {}),
  row('HARD_SWISH', 'HardSwishOptions', {}),
  row('ADD', 'AddOptions', { activation }),
  row('SUB', 'SubOptions', { activation }),
  row('MUL', 'MulOptions', { activation }),
  row('MAXIMUM', 'MaximumMinimumOptions', {}),
  row('MINIMUM', 'MaximumMinimumOptions', {}),
  row('RESHAPE', 'ReshapeOptions', {}, { newShape: { accessor: 'newShape', optional: true } }),
  row('SQUEEZE', 'SqueezeOptions', {}, { squeezeDims: { accessor: 'squeezeDims', optional: false } }),
  row('EXPAND_DIMS', 'ExpandDimsOptions', {}),
  row('TRANSPOSE', 'TransposeOptions', {}),
  row('CONCATENATION', 'ConcatenationOptions', { axis: ['axis', PLAIN], activation }),
  row('SPLIT', 'SplitOptions', { splits: ['numSplits', POSITIVE] }),
  row('STRIDED_SLICE', 'StridedSliceOptions', {
    beginMask: ['beginMask', PLAIN],
    endMask: ['endMask', PLAIN],
    ellipsisMask: ['ellipsisMask', PLAIN],
    newAxisMask: ['newAxisMask', PLAIN],
    shrinkAxisMask: ['shrinkAxisMask', PLAIN],
    offset: ['offset', PLAIN],
  }),
  row('PAD', 'PadOptions', {}),
  row('PADV2', 'PadV2Options', {}),
  row('MEAN', 'ReducerOptions', reducer),
  row('SUM', 'ReducerOptions', reducer),
  row('RESIZE_NEAREST_NEIGHBOR', 'ResizeNearestNeighborOptions', resize),
  row('RESIZE_BILINEAR', 'ResizeBilinearOptions', resize),
  row('QUANTIZE', 'QuantizeOptions', {}),
  row('DEQUANTIZE', 'DequantizeOptions', {}),
  row('SHAPE', 'ShapeOptions', {}),
  row('PACK', 'PackOptions', { axis: ['axis', PLAIN], values: ['valuesCount', POSITIVE] }),
  row('ARG_MAX', 'ArgMaxOptions', {}),
];

/** Rows by operator name. */
export const ROW_BY_OP: ReadonlyMap<string, OpMapRow> = new Map(OP_MAP.map((entry) => [entry.op, entry]));

/** Rows by builtin code. */
export const ROW_BY_CODE: ReadonlyMap<number, OpMapRow> = new Map(OP_MAP.map((entry) => [entry.code, entry]));

/** Name of every builtin operator of the format by its code, understood or not. */
export const OP_NAME_BY_CODE: ReadonlyMap<number, string> = new Map(
  Object.entries(schema.BuiltinOperator).map(([name, code]) => [code, name]),
);

// A vtable without fields, then a table that points to it: every accessor of it answers its default.
const EMPTY_TABLE = new ByteBuffer(new Uint8Array([4, 0, 4, 0, 4, 0, 0, 0]));
const EMPTY_TABLE_AT: Offset = 4;

type Accessors = Readonly<Record<string, (index?: number) => unknown>>;

/**
 * Typed attributes of an operator from its options table; TFLite's defaults where the file has none.
 * Throws a FormatError, begun with `where`, for a value that the format does not allow.
 */
export function readAttributes(
  entry: OpMapRow,
  options: object | null,
  where: string,
  budget: Budget,
): object {
  if (!entry.options) return {};
  const table = (options ?? new entry.options().__init(EMPTY_TABLE_AT, EMPTY_TABLE)) as Accessors;
  const attributes: Record<string, unknown> = {};
  for (const [name, [accessor, codec]] of Object.entries(entry.fields)) {
    attributes[name] = codec.decode(table[accessor](), `${where}: ${name}`);
  }
  for (const [name, { accessor, optional }] of Object.entries(entry.vectors ?? {})) {
    const values = readVector(table, accessor, budget);
    if (values.length > 0 || !optional) attributes[name] = values;
  }
  return attributes;
}

function readVector(table: Accessors, accessor: string, budget: Budget): unknown[] {
  const length = table[`${accessor}Length`]() as number;
  budget.spend(8 * length);
  return Array.from({ length }, (_, index) => table[accessor](index));
}
