import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { describeExtra, extraModel, extraNames } from '../../../../test/support/extra-models.ts';
import { goldenBytes, goldenJson, goldenNames } from '../../../../test/support/goldens.ts';
import { FormatError } from '../../../errors.ts';
import { convGeometry } from './conv-body.ts';
import { BATCH_NORM_WORD, decodeLayerWords, decodeWord, encodeLayerWords, encodeWord } from './fields.ts';
import type { KmodelFile } from './file.ts';
import { KPU_CONV } from './layers.ts';
import { readKmodel } from './read.ts';
import { layOutKmodel, writeKmodel } from './write.ts';

const extraBytes = (name: string): Uint8Array => new Uint8Array(readFileSync(extraModel(`kmodel/${name}`)));

// Layer 0 of Sipeed's mnist.kmodel, as docs/hardware/k210.md#test-vector quotes it.
const MNIST_WORDS = [
  ...[
    '0',
    '00007fac00007fe4',
    '000f000f00000000',
    '0000340d00006c1b',
    '00000000000f0411',
    '0000000000480001',
  ],
  ...['0', '00000000a001001c', '000000000041000e', '00c40000000000f0', '0', '00000c3f00c30000'],
];

function wordsView(words: readonly string[]): DataView {
  const view = new DataView(new ArrayBuffer(8 * words.length));
  words.forEach((word, index) => view.setBigUint64(8 * index, BigInt(`0x${word}`), true));
  return view;
}

describe('the words of a layer', () => {
  test('the quoted words are 28x28x1 -> 14x14x16, 3x3, pool 1, arg_x -3932160, shr_x 15', () => {
    const words = decodeLayerWords(wordsView(MNIST_WORDS), 0);
    expect(convGeometry(words)).toEqual({
      ...{ inC: 1, inH: 28, inW: 28, outC: 16, outH: 14, outW: 14 },
      ...{ kernel: 3, depthwise: false, poolType: 1 },
    });
    expect(words.conv_value).toEqual({ shr_w: 0, shr_x: 15, arg_w: 0, arg_x: -3932160 });
    expect(words.image_addr).toEqual({ image_src_addr: 0x7fe4, image_dst_addr: 0x7fac });
  });

  test('written again they are the same bytes', () => {
    const view = wordsView(MNIST_WORDS);
    expect(encodeLayerWords(decodeLayerWords(view, 0))).toEqual(new Uint8Array(view.buffer));
  });

  test('the quoted batch norm is mul 57131, add 15787, shift 15, and back', () => {
    const word = 0x0f00003dab00df2bn;
    const values = decodeWord(BATCH_NORM_WORD, word);
    expect(values).toEqual({ norm_mul: 57131, norm_add: 15787, norm_shift: 15 });
    expect(encodeWord(BATCH_NORM_WORD, values)).toBe(word);
  });

  test('a value that its bits cannot hold is refused', () => {
    expect(() => encodeWord(BATCH_NORM_WORD, { norm_mul: 2 ** 23, norm_add: 0, norm_shift: 0 })).toThrow(
      'norm_mul of 8388608 does not fit its 24 bits (-8388608..8388607)',
    );
  });
});

const EXPECTED = goldenJson<Record<string, { readonly layers?: string[] }>>('rc5/expected.json');

/** The converter's name of a layer as ours. */
const NAMES: Readonly<Record<string, string>> = {
  ...{ Upload: 'K210Upload', AddPadding: 'K210AddPadding', RemovePadding: 'K210RemovePadding' },
  QuantizedResizeNN: 'QuantizedResizeNearestNeighbor',
};

const writtenAgain = (bytes: Uint8Array): Buffer => Buffer.from(writeKmodel(readKmodel(bytes)));

describe('files that ncc 0.1.0-rc5 wrote', () => {
  test.each(goldenNames('rc5', '.kmodel'))('%s: written as it was read, byte for byte', (name) => {
    const bytes = goldenBytes(`rc5/${name}`);
    expect(writtenAgain(bytes).equals(bytes)).toBe(true);
  });

  const listed = Object.entries(EXPECTED).flatMap(([name, { layers }]) => (layers ? [[name, layers]] : []));

  test.each(listed as [string, string[]][])('%s.kmodel has the layers %j', (name, layers) => {
    const types = readKmodel(goldenBytes(`rc5/${name}.kmodel`)).layers.map(({ type }) => type);
    expect(types).toEqual(layers.map((layer) => NAMES[layer] ?? layer));
  });

  test('cut off anywhere, a file is refused in one line', () => {
    const bytes = goldenBytes('rc5/fc_4d_two.kmodel');
    for (let end = 0; end < bytes.length; end += end < 300 ? 1 : 97) expectRefusal(bytes.subarray(0, end));
  });

  test('any changed byte of the first two KB is read or refused in one line', () => {
    const bytes = goldenBytes('rc5/22_logistic4d.kmodel');
    for (let at = 0; at < 2048; at++) {
      const old = bytes[at];
      for (const value of [0, 0x80, 0xff]) {
        bytes[at] = value;
        readOrRefuse(bytes);
      }
      bytes[at] = old;
    }
  });
});

describeExtra('kmodels of the vendor and of Sipeed', () => {
  test.each(extraNames('kmodel/', '.kmodel'))('%s: written as it was read, byte for byte', (name) => {
    const bytes = extraBytes(name);
    expect(writtenAgain(bytes).equals(bytes)).toBe(true);
  });

  test('iris.kmodel holds what its golden file says', () => {
    const golden = JSON.parse(readFileSync(extraModel('kmodel/golden/iris.json'), 'utf8'));
    const file = readKmodel(extraBytes('iris.kmodel'));
    const { max_start_address, main_mem_usage, flags, arch } = golden.header;
    const outputs = golden.header.outputs.map(([address, bytes]: number[]) => ({ address, bytes }));
    expect(file).toMatchObject({ flags, arch, max_start_address, main_mem_usage, outputs });
    expect(layOutKmodel(file).bodyBytes).toEqual(
      golden.layers.map(({ bodySize }: { bodySize: number }) => bodySize),
    );
  });

  test('facedetect.kmodel: 23 KPU layers and a Dequantize', () => {
    const { layers } = readKmodel(extraBytes('facedetect.kmodel'));
    expect(layers.filter(({ type }) => type === KPU_CONV)).toHaveLength(23);
    expect(layers.at(-1)).toMatchObject({ type: 'Dequantize', count: 9000 });
  });

  test('mnist.kmodel, cut off anywhere, is refused in one line', () => {
    const bytes = extraBytes('mnist.kmodel');
    for (let end = 0; end < bytes.length; end += end < 300 ? 1 : 997) expectRefusal(bytes.subarray(0, end));
  });
});

function readOrRefuse(bytes: Uint8Array): FormatError | undefined {
  try {
    readKmodel(bytes, 'm.kmodel');
    return undefined;
  } catch (error) {
    if (!(error instanceof FormatError) || error.message.includes('\n')) throw error;
    return error;
  }
}

function expectRefusal(bytes: Uint8Array): void {
  expect(readOrRefuse(bytes)?.message).toMatch(/^m\.kmodel:/);
}

const TINY: KmodelFile = {
  ...{ flags: 1, arch: 0, max_start_address: 32768, main_mem_usage: 64 },
  outputs: [{ address: 0, bytes: 8 }],
  layers: [
    {
      ...{ type: 'QuantizedAdd', flags: 1, main_mem_in_a_address: 0, main_mem_in_b_address: 8 },
      ...{ main_mem_out_address: 16, count: 8, in_a_offset: -3, in_a_mul: 5, in_a_shift: 1 },
      ...{ in_b_offset: 4, in_b_mul: -5, in_b_shift: 2, out_offset: 7, out_mul: 9, out_shift: 3 },
    },
    { type: 'QuantizedConcat', flags: 1, main_mem_out_address: 4, tail: [{ start: 1, bytes: 2 }] },
    {
      ...{ type: 'ChannelwiseDequantize', flags: 1, main_mem_in_address: 0, main_mem_out_address: 8 },
      ...{ channels: 2, channel_size: 1 },
      tail: [
        { scale: 0.5, bias: -1 },
        { scale: 2, bias: 0.25 },
      ],
    },
    {
      ...{ type: 'Requantize', flags: 1, main_mem_in_address: 0, main_mem_out_address: 8, count: 8 },
      tail: Uint8Array.from({ length: 256 }, (_, value) => 255 - value),
    },
    { type: 'Softmax', flags: 1, main_mem_in_address: 0, main_mem_out_address: 8, channels: 2 },
  ],
};

test('layers that no vendor file here has are read as they were written', () => {
  expect(readKmodel(writeKmodel(TINY))).toEqual(TINY);
});

describe('what is no kmodel v3', () => {
  const header = (...words: number[]): Uint8Array => new Uint8Array(new Uint32Array(words).buffer);
  const MAGIC = 0x4b4d444c;
  const encrypted = new Uint8Array(5 + 16 + 32);
  encrypted.set([1, 16, 0, 0, 0]);

  test.each([
    ['empty', new Uint8Array(0), 'x: is no kmodel of version 3: it is empty'],
    ['version 4', header(MAGIC, 4), 'x: is a kmodel of version 4, expected version 3'],
    ['version 5', header(MAGIC, 5), 'x: is a kmodel of version 5 (nncase 1.x), whose modules hold bytecode'],
    ['an AES wrap', encrypted, 'x: is encrypted and only the device with its key can open it'],
    ['a foreign file', header(7, 8), 'x: is no kmodel of version 3: it starts with 07 00 00 00 08 00 00 00'],
    ['no layers', header(3, 1, 0, 0, 0, 0, 1), 'x: header: 0 layers, expected 1..65536; the file is damaged'],
    [
      'a reserved type',
      header(3, 1, 0, 1, 0, 0, 1, 0, 0, 3, 24, 0, 0, 0, 0, 0, 0),
      'x: layer 0: type 3 is reserved and without a layout',
    ],
    [
      'a Dense of more weights than the file',
      header(3, 1, 0, 1, 0, 0, 1, 0, 0, 18, 24, 0, 0, 0, 0xffffffff, 0xffffffff, 0),
      'x: layer 0 (FullyConnected): needs 7378697626',
    ],
  ])('%s', (_, bytes, message) => {
    expect(() => readKmodel(bytes, 'x')).toThrow(message);
  });

  test('a .smodel is known by its name', () => {
    expect(() => readKmodel(header(7, 8), 'face.smodel')).toThrow('face.smodel: is encrypted');
  });
});
