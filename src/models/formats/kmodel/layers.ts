import { CONV_TAIL } from './conv-body.ts';
import { DENSE_TAIL, RANGES_TAIL, SCALINGS_TAIL, TABLE_TAIL, type Tail } from './tails.ts';

/** How a field of 4 bytes is read and written. */
export type Scalar = 'u32' | 'i32' | 'f32';

/** Unsigned fields by name, in the order of the file. */
function u32s<Name extends string>(...names: Name[]): { readonly [N in Name]: 'u32' } {
  return Object.fromEntries(names.map((name) => [name, 'u32'])) as { readonly [N in Name]: 'u32' };
}

function i32s<Name extends string>(...names: Name[]): { readonly [N in Name]: 'i32' } {
  return Object.fromEntries(names.map((name) => [name, 'i32'])) as { readonly [N in Name]: 'i32' };
}

const IN_OUT = u32s('main_mem_in_address', 'main_mem_out_address');
const TWO_IN = u32s('main_mem_in_a_address', 'main_mem_in_b_address', 'main_mem_out_address', 'count');
const SHAPES = u32s('in_width', 'in_height', 'in_channels', 'out_width', 'out_height', 'out_channels');
const WINDOW = {
  ...u32s('kernel_width', 'kernel_height', 'stride_width', 'stride_height'),
  ...u32s('padding_width', 'padding_height'),
};
const RESIZE = u32s('in_width', 'in_height', 'channels', 'out_width', 'out_height', 'align_corners');
const SCALING = { scale: 'f32', bias: 'f32' } as const;

/** Names of the layers that a program must know by name. */
export const KPU_CONV = 'K210Conv';
export const KPU_ADD_PADDING = 'K210AddPadding';
export const KPU_REMOVE_PADDING = 'K210RemovePadding';
export const KPU_UPLOAD = 'K210Upload';

/**
 * Layer types of kmodel v3 (docs/hardware/k210.md#layer-types): code, fields after `flags`, and what follows them.
 * Field names are the Kendryte SDK's; addresses are bytes of main memory, `kpu_mem_...` are lines of KPU memory. One
 * table for both directions.
 */
export const LAYER_FORMATS = {
  Add: { code: 1, fields: TWO_IN },
  QuantizedAdd: {
    code: 2,
    fields: {
      ...TWO_IN,
      ...i32s('in_a_offset', 'in_a_mul', 'in_a_shift'),
      ...i32s('in_b_offset', 'in_b_mul', 'in_b_shift'),
      ...i32s('out_offset', 'out_mul', 'out_shift'),
    },
  },
  GlobalAveragePool2d: { code: 5, fields: { ...IN_OUT, kernel_size: 'u32', channels: 'u32' } },
  MaxPool2d: { code: 7, fields: { ...IN_OUT, ...SHAPES, ...WINDOW, act: 'u32' } },
  QuantizedMaxPool2d: { code: 8, fields: { ...IN_OUT, ...SHAPES, ...WINDOW } },
  AveragePool2d: { code: 9, fields: { ...IN_OUT, ...SHAPES, ...WINDOW, act: 'u32' } },
  Quantize: { code: 11, fields: { ...IN_OUT, count: 'u32', ...SCALING } },
  Dequantize: { code: 12, fields: { ...IN_OUT, count: 'u32', ...SCALING } },
  Requantize: { code: 13, fields: { ...IN_OUT, count: 'u32' }, tail: TABLE_TAIL },
  L2Normalization: { code: 14, fields: { ...IN_OUT, channels: 'u32' } },
  Softmax: { code: 15, fields: { ...IN_OUT, channels: 'u32' } },
  Concat: { code: 16, fields: { main_mem_out_address: 'u32' }, tail: RANGES_TAIL },
  QuantizedConcat: { code: 17, fields: { main_mem_out_address: 'u32' }, tail: RANGES_TAIL },
  FullyConnected: {
    code: 18,
    fields: { ...IN_OUT, in_channels: 'u32', out_channels: 'u32', act: 'u32' },
    tail: DENSE_TAIL,
  },
  TensorflowFlatten: { code: 20, fields: { ...IN_OUT, width: 'u32', height: 'u32', channels: 'u32' } },
  ResizeNearestNeighbor: { code: 22, fields: { ...IN_OUT, ...RESIZE } },
  QuantizedResizeNearestNeighbor: { code: 23, fields: { ...IN_OUT, ...RESIZE } },
  ChannelwiseDequantize: {
    code: 24,
    fields: { ...IN_OUT, channels: 'u32', channel_size: 'u32' },
    tail: SCALINGS_TAIL,
  },
  Logistic: { code: 25, fields: { ...IN_OUT, channels: 'u32' } },
  [KPU_CONV]: { code: 10240, fields: { main_mem_out_address: 'u32' }, tail: CONV_TAIL },
  [KPU_ADD_PADDING]: {
    code: 10241,
    fields: { main_mem_in_address: 'u32', kpu_mem_out_address: 'u32', channels: 'u32' },
  },
  [KPU_REMOVE_PADDING]: { code: 10242, fields: { ...IN_OUT, channels: 'u32' } },
  [KPU_UPLOAD]: {
    code: 10243,
    fields: u32s('main_mem_in_address', 'kpu_mem_out_address', 'width', 'height', 'channels'),
  },
} as const satisfies Readonly<Record<string, LayerFormat>>;

export interface LayerFormat {
  readonly code: number;
  readonly fields: Readonly<Record<string, Scalar>>;
  readonly tail?: Tail<never> | Tail<unknown>;
}

type Formats = typeof LAYER_FORMATS;
export type LayerName = keyof Formats;
type TailOf<F> = F extends { readonly tail: Tail<infer T> } ? { readonly tail: T } : unknown;

/** A layer of one type: `flags` (bit 0: result in main memory), its fields, and `tail` where the type has one. */
export type LayerOf<N extends LayerName> = N extends LayerName
  ? { readonly type: N; readonly flags: number } & {
      readonly [Field in keyof Formats[N]['fields']]: number;
    } & TailOf<Formats[N]>
  : never;

export type KmodelLayer = LayerOf<LayerName>;

/** Ids that the format reserves and no converter emits. */
export const RESERVED_CODES: readonly number[] = [3, 4, 6, 10, 19, 21];

const NAMES = new Map<number, LayerName>(
  Object.entries(LAYER_FORMATS).map(([name, { code }]) => [code, name as LayerName]),
);

/** The layer type of a code, or undefined. */
export function layerNameOf(code: number): LayerName | undefined {
  return NAMES.get(code);
}
