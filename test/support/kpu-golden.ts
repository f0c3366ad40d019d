import { patternOf } from '../../src/calibrate/kpu-patterns.ts';
import type { TieMode } from '../../src/kernels/kpu/kpu-conv2d/index.ts';
import { kpuConvReference } from '../../src/kernels/kpu/kpu-conv2d/reference.ts';
import { crc32 } from '../../src/models/formats/crc32.ts';
import { convGeometry, type ConvSections } from '../../src/models/formats/kmodel/conv-body.ts';
import { encodeLayerWords } from '../../src/models/formats/kmodel/fields.ts';
import { KPU_CONV } from '../../src/models/formats/kmodel/layers.ts';
import { readKmodel } from '../../src/models/formats/kmodel/read.ts';

const MODES = [
  ['halfAway', 'half-away'],
  ['halfEven', 'half-even'],
] as const;
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

interface KpuLayer {
  readonly layer: number;
  readonly tail: ConvSections;
}

function kpuLayers(bytes: Uint8Array): KpuLayer[] {
  return readKmodel(bytes).layers.flatMap((body, layer) =>
    body.type === KPU_CONV ? [{ layer, tail: body.tail }] : [],
  );
}

const inputCount = ({ tail }: KpuLayer): number => {
  const { inC, inH, inW } = convGeometry(tail.words);
  return inC * inH * inW;
};

/** A golden file about the KPU layers of a kmodel, the first on a pattern, each other on the one before it. */
export function chainGolden(model: string, bytes: Uint8Array, patterns: readonly string[]) {
  const layers = kpuLayers(bytes);
  return {
    model,
    layers: layers.map(({ layer }, at) => ({ layer, fedBy: at === 0 ? 'input' : 'layer before' })),
    runs: patterns.flatMap((pattern) => MODES.map((mode) => chainRun(layers, pattern, mode))),
  };
}

function chainRun(layers: readonly KpuLayer[], input: string, [mode, ties]: readonly [string, TieMode]) {
  let maps = patternOf(input, inputCount(layers[0]!));
  const rows = layers.map(({ layer, tail }) => {
    const { output, ranges } = kpuConvReference(tail, 8, ties, maps);
    maps = output;
    const sum = output.reduce((total, byte) => total + byte, 0);
    const digest = { sum, crc32: crc32(output).toString(16).padStart(8, '0') };
    return { layer, ...ranges, ...digest, first32: [...output.subarray(0, 32)], full: hex(output) };
  });
  return { input, mode, layers: rows };
}

/** A golden file of the same layers as single ones, stored as they would stand in a file. */
export function singleGolden(bytes: Uint8Array) {
  const cases = kpuLayers(bytes).map((one) => {
    const { words, weights, batchNorm, activation } = one.tail;
    const input = patternOf('xorshift', inputCount(one));
    const [away, even] = MODES.map(([, ties]) => kpuConvReference(one.tail, 8, ties, input));
    return {
      ...{
        id: `layer ${one.layer}`,
        weightBits: 8,
        weights: hex(weights),
        input: hex(input),
        ...away!.ranges,
      },
      words: wordsOf(encodeLayerWords(words)),
      bnBytes: batchNorm.map(packBatchNorm).join(''),
      actBytes: packActivation(activation),
      ...{ halfAway: { out: hex(away!.output) }, halfEven: { out: hex(even!.output) } },
    };
  });
  return { cases };
}

function wordsOf(bytes: Uint8Array): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return Array.from({ length: 12 }, (_, index) => view.getBigUint64(8 * index, true).toString(16));
}

const littleEndian = (word: bigint): string => {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(BigInt.asUintN(64, word));
  return buffer.toString('hex');
};

/** norm_mul in bits 0..23, norm_add in 24..55, norm_shift in 56..59. */
function packBatchNorm({ norm_mul, norm_add, norm_shift }: ConvSections['batchNorm'][number]): string {
  const add = BigInt.asUintN(32, BigInt(norm_add)) << 24n;
  return littleEndian(BigInt.asUintN(24, BigInt(norm_mul)) | add | (BigInt(norm_shift) << 56n));
}

/** shift_number in bits 0..7, y_mul in 8..23, x_start in 24..59; then the results of the 16 segments. */
function packActivation({ segments, result_bias }: ConvSections['activation']): string {
  const words = segments.map(({ shift_number, y_mul, x_start }) =>
    littleEndian(
      BigInt(shift_number) |
        (BigInt.asUintN(16, BigInt(y_mul)) << 8n) |
        (BigInt.asUintN(36, BigInt(x_start)) << 24n),
    ),
  );
  return words.join('') + hex(result_bias);
}
