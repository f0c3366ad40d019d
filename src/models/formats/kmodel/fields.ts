import { FormatError } from '../../../errors.ts';

/** Lowest and highest bit, both inclusive; 'signed' for two's complement. */
export type Bits = readonly [low: number, high: number, sign?: 'signed'];
export type BitTable = Readonly<Record<string, Bits>>;
export type BitValues<T extends BitTable> = { readonly [Field in keyof T]: number };

/**
 * The 12 words of 64 bits that describe a layer to the KPU (kpu_layer_argument_t of the Kendryte SDK;
 * docs/hardware/k210.md#layer-words). Counts, widths and heights are stored minus one.
 */
export const LAYER_WORDS = {
  interrupt_enabe: { int_en: [0, 0], ram_flag: [1, 1], full_add: [2, 2], depth_wise_layer: [3, 3] },
  image_addr: { image_src_addr: [0, 14], image_dst_addr: [32, 46] },
  image_channel_num: { i_ch_num: [0, 9], o_ch_num: [32, 41], o_ch_num_coef: [48, 57] },
  image_size: { i_row_wid: [0, 9], i_col_high: [10, 18], o_row_wid: [32, 41], o_col_high: [42, 50] },
  kernel_pool_type_cfg: {
    kernel_type: [0, 2],
    pad_type: [3, 3],
    pool_type: [4, 7],
    first_stride: [8, 8],
    bypass_conv: [9, 9],
    load_para: [10, 10],
    dma_burst_size: [16, 23],
    pad_value: [24, 31],
    bwsx_base_addr: [32, 63],
  },
  kernel_load_cfg: { load_coor: [0, 0], load_time: [1, 6], para_size: [15, 31], para_start_addr: [32, 63] },
  kernel_offset: { coef_column_offset: [0, 3], coef_row_offset: [4, 15] },
  kernel_calc_type_cfg: {
    channel_switch_addr: [0, 14],
    row_switch_addr: [16, 19],
    coef_size: [20, 27],
    coef_group: [28, 30],
    load_act: [31, 31],
    active_addr: [32, 63],
  },
  write_back_cfg: { wb_channel_switch_addr: [0, 14], wb_row_switch_addr: [16, 19], wb_group: [20, 22] },
  conv_value: { shr_w: [0, 3], shr_x: [4, 7], arg_w: [8, 31, 'signed'], arg_x: [32, 55, 'signed'] },
  conv_value2: { arg_add: [0, 39, 'signed'] },
  dma_parameter: { send_data_out: [0, 0], channel_byte_num: [16, 31], dma_total_byte: [32, 63] },
} as const satisfies Readonly<Record<string, BitTable>>;

/** One word of batch norm, one an output channel. */
export const BATCH_NORM_WORD = {
  norm_mul: [0, 23, 'signed'],
  norm_add: [24, 55, 'signed'],
  norm_shift: [56, 59],
} as const satisfies BitTable;

/** One of the 16 words of an activation table, one a segment; 16 bytes of result_bias follow them. */
export const SEGMENT_WORD = {
  shift_number: [0, 7],
  y_mul: [8, 23, 'signed'],
  x_start: [24, 59, 'signed'],
} as const satisfies BitTable;

export type LayerWords = {
  readonly [Word in keyof typeof LAYER_WORDS]: BitValues<(typeof LAYER_WORDS)[Word]>;
};
export type BatchNormWord = BitValues<typeof BATCH_NORM_WORD>;
export type SegmentWord = BitValues<typeof SEGMENT_WORD>;

export const LAYER_WORDS_BYTES = 8 * Object.keys(LAYER_WORDS).length;

/** The fields of a word; bits outside of all fields are reserved and not kept. */
export function decodeWord<T extends BitTable>(table: T, word: bigint): BitValues<T> {
  const entries = Object.entries(table).map(([field, [low, high, sign]]) => {
    const bits = high - low + 1;
    const value = BigInt.asUintN(bits, word >> BigInt(low));
    return [field, Number(sign ? BigInt.asIntN(bits, value) : value)];
  });
  return Object.fromEntries(entries) as BitValues<T>;
}

/** The word of these fields. Throws a FormatError for a value that its bits cannot hold. */
export function encodeWord<T extends BitTable>(table: T, values: BitValues<T>): bigint {
  return Object.entries(table).reduce(
    (word, [field, bits]) => word | (encodeField(field, bits, values[field]) << BigInt(bits[0])),
    0n,
  );
}

function encodeField(field: string, [low, high, sign]: Bits, value: number): bigint {
  const bits = high - low + 1;
  const [least, most] = sign ? [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1] : [0, 2 ** bits - 1];
  if (Number.isInteger(value) && value >= least && value <= most) return BigInt.asUintN(bits, BigInt(value));
  throw new FormatError(`${field} of ${value} does not fit its ${bits} bits (${least}..${most})`);
}

/** The 96 bytes of `view` from `at` as fields by word. */
export function decodeLayerWords(view: DataView, at: number): LayerWords {
  const entries = Object.entries(LAYER_WORDS).map(([word, table], index) => [
    word,
    decodeWord<BitTable>(table, view.getBigUint64(at + 8 * index, true)),
  ]);
  return Object.fromEntries(entries) as LayerWords;
}

/** The 96 bytes that hold these fields. Throws a FormatError for a value that its bits cannot hold. */
export function encodeLayerWords(words: LayerWords): Uint8Array {
  const view = new DataView(new ArrayBuffer(LAYER_WORDS_BYTES));
  Object.entries(LAYER_WORDS).forEach(([word, table], index) => {
    const values = words[word as keyof LayerWords] as BitValues<BitTable>;
    view.setBigUint64(8 * index, encodeWord<BitTable>(table, values), true);
  });
  return new Uint8Array(view.buffer);
}
