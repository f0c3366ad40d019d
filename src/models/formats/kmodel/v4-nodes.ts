/**
 * How one field of a node's body is read: a memory range, four dimensions (NCHW), a number, as many ranges as the number
 * before it says, or a program of the rest of the body, which is counted.
 */
export type V4Kind = 'range' | 'shape' | 'i32' | 'f32' | 'ranges' | 'nnil';

export interface V4Format {
  readonly name: string;
  /** Leading fields in the order of the file; what follows (weights, activations) is not read. */
  readonly fields: Readonly<Record<string, V4Kind>>;
}

const IN_OUT = { input: 'range', output: 'range' } as const;
const IN_OUT_SHAPE = { ...IN_OUT, in_shape: 'shape' } as const;
const PADDINGS = {
  padding_h_before: 'i32',
  padding_h_after: 'i32',
  padding_w_before: 'i32',
  padding_w_after: 'i32',
} as const;
const WINDOW = {
  filter_h: 'i32',
  filter_w: 'i32',
  stride_h: 'i32',
  stride_w: 'i32',
  dilation_h: 'i32',
  dilation_w: 'i32',
} as const;
const TWO_INPUTS = { input_a: 'range', input_b: 'range', output: 'range' } as const;
const MATMUL = { ...TWO_INPUTS, a_rows: 'i32', a_cols: 'i32', b_cols: 'i32' } as const;
const CONV = { ...IN_OUT_SHAPE, groups: 'i32', out_channels: 'i32', ...PADDINGS, ...WINDOW } as const;

export const V4_KPU_UPLOAD = 0x2001;
export const V4_KPU_CONV = 0x2002;

/** Nodes of kmodel v4 by opcode (nncase 0.2 `runtime/*_ops_body.h`; docs/hardware/k210.md#kmodel-v4-and-v5). */
export const V4_NODES: ReadonlyMap<number, V4Format> = new Map<number, V4Format>([
  [
    0x00,
    {
      name: 'Binary',
      fields: {
        ...TWO_INPUTS,
        binary_op: 'i32',
        in_a_shape: 'shape',
        in_b_shape: 'shape',
        out_shape: 'shape',
      },
    },
  ],
  [
    0x01,
    {
      name: 'Concat',
      fields: {
        ...{ output: 'range', inner_size: 'i32', outer_size: 'i32', inputs_count: 'i32' },
        input: 'ranges',
      },
    },
  ],
  [0x02, { name: 'Conv2D', fields: CONV }],
  [0x03, { name: 'Dequantize', fields: { ...IN_OUT, zero_point: 'i32', scale: 'f32' } }],
  [0x04, { name: 'MatMul', fields: MATMUL }],
  [0x05, { name: 'Pad', fields: IN_OUT_SHAPE }],
  [0x06, { name: 'Quantize', fields: { ...IN_OUT, zero_point: 'i32', scale: 'f32' } }],
  [0x07, { name: 'Reduce', fields: { ...IN_OUT, reduce_op: 'i32', in_shape: 'shape', out_shape: 'shape' } }],
  [
    0x08,
    {
      name: 'ReduceWindow2D',
      fields: { ...IN_OUT, reduce_op: 'i32', in_shape: 'shape', ...PADDINGS, ...WINDOW },
    },
  ],
  [0x09, { name: 'MemoryCopy', fields: IN_OUT }],
  [0x0a, { name: 'ResizeImage', fields: IN_OUT }],
  [0x0b, { name: 'Softmax', fields: { ...IN_OUT, inner_size: 'i32', outer_size: 'i32', beta: 'f32' } }],
  [0x0c, { name: 'Transpose', fields: { ...IN_OUT_SHAPE, perm: 'shape' } }],
  [
    0x0d,
    { name: 'StridedSlice', fields: { ...IN_OUT_SHAPE, begin: 'shape', end: 'shape', strides: 'shape' } },
  ],
  [0x0e, { name: 'Unary', fields: IN_OUT }],
  [0x0f, { name: 'QuantizedConv2D', fields: CONV }],
  [0x10, { name: 'QuantizedMatMul', fields: MATMUL }],
  [0x11, { name: 'QuantizedBinary', fields: TWO_INPUTS }],
  [0x12, { name: 'TableLookup1D', fields: { ...IN_OUT, table: 'range' } }],
  [
    0x13,
    {
      name: 'Conv2DTranspose',
      fields: { ...IN_OUT_SHAPE, out_shape: 'shape', groups: 'i32', ...PADDINGS, ...WINDOW },
    },
  ],
  [0x14, { name: 'NnilUnaryMethod', fields: { ...IN_OUT, body: 'nnil' } }],
  [V4_KPU_UPLOAD, { name: 'KPUUpload', fields: IN_OUT_SHAPE }],
  [
    V4_KPU_CONV,
    { name: 'KPUConv2D', fields: { main_mem_output: 'range', batches: 'i32', reserved0: 'i32' } },
  ],
]);
