import { FormatError } from '../../../errors.ts';
import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import {
  BATCH_NORM_WORD,
  decodeLayerWords,
  decodeWord,
  encodeLayerWords,
  encodeWord,
  LAYER_WORDS_BYTES,
  SEGMENT_WORD,
  type BatchNormWord,
  type LayerWords,
  type SegmentWord,
} from './fields.ts';
import type { Tail } from './tails.ts';

export const SEGMENTS = 16;

/** 16 segments, starts ascending, and what each adds to its result. */
export interface ActivationTable {
  readonly segments: readonly SegmentWord[];
  /** 16 bytes, one a segment. */
  readonly result_bias: Uint8Array;
}

/** All that the KPU is given for one layer. */
export interface ConvSections {
  readonly words: LayerWords;
  /** [c_out][c_in][ky][kx], depthwise [c][ky][kx]; bytes, or little-endian u16 in a file of 16-bit weights. */
  readonly weights: Uint8Array;
  readonly batchNorm: readonly BatchNormWord[];
  readonly activation: ActivationTable;
}

/** Height, width and channels of both maps and what else follows from the words. */
export interface ConvGeometry {
  readonly inC: number;
  readonly inH: number;
  readonly inW: number;
  readonly outC: number;
  readonly outH: number;
  readonly outW: number;
  readonly kernel: 1 | 3;
  readonly depthwise: boolean;
  readonly poolType: number;
}

/** Alignments in the file, counted from its start, in the order of the sections. */
const ALIGNMENTS = { words: 8, weights: 128, batchNorm: 128, activation: 256 } as const;
const KERNELS: readonly (1 | 3)[] = [1, 3];

/** Throws a FormatError for a kernel that the KPU does not have. */
export function convGeometry(words: LayerWords, where = 'KPU layer'): ConvGeometry {
  const { image_channel_num: channels, image_size: maps, kernel_pool_type_cfg: kernel } = words;
  if (kernel.kernel_type >= KERNELS.length) {
    throw new FormatError(`${where}: kernel_type ${kernel.kernel_type} is neither 0 (1x1) nor 1 (3x3)`);
  }
  return {
    ...{ inC: channels.i_ch_num + 1, inH: maps.i_col_high + 1, inW: maps.i_row_wid + 1 },
    ...{ outC: channels.o_ch_num + 1, outH: maps.o_col_high + 1, outW: maps.o_row_wid + 1 },
    kernel: KERNELS[kernel.kernel_type],
    depthwise: words.interrupt_enabe.depth_wise_layer === 1,
    poolType: kernel.pool_type,
  };
}

/** Bytes of a layer's weights. */
export function convWeightBytes({ inC, outC, kernel, depthwise }: ConvGeometry, weightBits: 8 | 16): number {
  return (kernel * kernel * outC * (depthwise ? 1 : inC) * weightBits) / 8;
}

export function readBatchNorm(reader: ByteReader, channels: number): BatchNormWord[] {
  return Array.from({ length: channels }, () => decodeWord(BATCH_NORM_WORD, reader.u64()));
}

export function readActivation(reader: ByteReader): ActivationTable {
  const segments = Array.from({ length: SEGMENTS }, () => decodeWord(SEGMENT_WORD, reader.u64()));
  return { segments, result_bias: reader.bytes(SEGMENTS) };
}

/** Four offsets in the file and the sections that they point to, which follow in the same body. */
export const CONV_TAIL: Tail<ConvSections> = {
  read(reader, _fields, weightBits) {
    const [words, weights, batchNorm, activation] = [reader.u32(), reader.u32(), reader.u32(), reader.u32()];
    reader.at(words).require(LAYER_WORDS_BYTES);
    const layer = decodeLayerWords(reader.view, words);
    const geometry = convGeometry(layer, reader.where);
    return {
      words: layer,
      weights: reader.at(weights).bytes(convWeightBytes(geometry, weightBits)),
      batchNorm: readBatchNorm(reader.at(batchNorm), geometry.outC),
      activation: readActivation(reader.at(activation)),
    };
  },
  write(writer, { words, weights, batchNorm, activation }) {
    const sections: readonly (readonly [alignment: number, write: () => void])[] = [
      [ALIGNMENTS.words, () => writer.bytes(encodeLayerWords(words))],
      [ALIGNMENTS.weights, () => writer.bytes(weights)],
      [
        ALIGNMENTS.batchNorm,
        () => batchNorm.forEach((word) => writer.u64(encodeWord(BATCH_NORM_WORD, word))),
      ],
      [ALIGNMENTS.activation, () => writeActivation(writer, activation)],
    ];
    const offsetsAt = writer.position;
    writer.padTo(offsetsAt + 4 * sections.length);
    sections.forEach(([alignment, write], index) => {
      writer.align(alignment);
      writer.patchU32(offsetsAt + 4 * index, writer.position);
      write();
    });
  },
};

function writeActivation(writer: ByteWriter, { segments, result_bias }: ActivationTable): void {
  for (const segment of segments) writer.u64(encodeWord(SEGMENT_WORD, segment));
  writer.bytes(result_bias);
}
