import { FormatError, SpecError } from '../errors.ts';
import { KpuConv2d, type KpuRanges, type TieMode } from '../kernels/kpu/kpu-conv2d/index.ts';
import { createKmodelRunner } from '../kernels/kpu/run-kmodel.ts';
import { crc32 } from '../models/formats/crc32.ts';
import { ByteReader } from '../models/formats/kmodel/byte-reader.ts';
import { readActivation, readBatchNorm, type ConvSections } from '../models/formats/kmodel/conv-body.ts';
import { decodeLayerWords } from '../models/formats/kmodel/fields.ts';
import { weightBitsOf, type KmodelFile } from '../models/formats/kmodel/file.ts';
import { KPU_CONV } from '../models/formats/kmodel/layers.ts';
import { readKmodel } from '../models/formats/kmodel/read.ts';
import {
  parseKpuGolden,
  type ChainLayer,
  type ChainRun,
  type FloatRun,
  type KpuGolden,
  type SingleCase,
} from './kpu-golden.ts';
import { patternOf } from './kpu-patterns.ts';

/** One expected output, and whether the emulator's is the same. */
export interface KpuRow {
  readonly id: string;
  /** Index of the layer in its file; 0 for a single layer. */
  readonly layer: number;
  /** `float32` for float layers, which are compared within 1e-5 of the largest |value|. */
  readonly mode: TieMode | 'float32';
  readonly equal: boolean;
}

export interface KpuValidation {
  readonly rows: readonly KpuRow[];
  readonly equal: number;
  readonly total: number;
}

const MODES = [
  ['halfAway', 'half-away'],
  ['halfEven', 'half-even'],
] as const;
const FLOAT_TOLERANCE = 1e-5;

/**
 * The KPU emulator against outputs that the vendor's own code computed (a golden file as parsed JSON): single layers in
 * both tie modes, the KPU layers of a model, or a model of float layers; the latter two need the model's bytes.
 * Throws a FormatError for a golden file of another shape and a SpecError where the model is missing.
 */
export function validateKpu(golden: unknown, kmodelBytes?: Uint8Array): KpuValidation {
  const rows = rowsOf(parseKpuGolden(golden), kmodelBytes);
  return { rows, equal: rows.filter(({ equal }) => equal).length, total: rows.length };
}

function rowsOf(
  { model = 'the model', cases, layers = [], runs = [] }: KpuGolden,
  bytes: Uint8Array | undefined,
): KpuRow[] {
  if (cases) return cases.flatMap(singleRows);
  if (!bytes) throw new SpecError(`this golden file is about ${model}; give that file with --model`);
  const file = readKmodel(bytes, model);
  const fedBy = new Map(layers.map(({ layer, fedBy: source }) => [layer, source ?? 'input']));
  return runs.flatMap((run, index) =>
    'mode' in run ? chainRows(file, run, fedBy) : [floatRow(file, run, index)],
  );
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, at) => parseInt(hex.slice(2 * at, 2 * at + 2), 16));
}

/** The sections of a single layer, from the bytes as they would stand in a file. */
function sectionsOf({ words, weights, bnBytes, actBytes }: SingleCase): ConvSections {
  const view = new DataView(new ArrayBuffer(8 * words.length));
  words.forEach((word, index) => view.setBigUint64(8 * index, BigInt(`0x${word}`), true));
  return {
    words: decodeLayerWords(view, 0),
    weights: bytesOf(weights),
    batchNorm: readBatchNorm(new ByteReader(bytesOf(bnBytes), 'bnBytes'), bnBytes.length / 16),
    activation: readActivation(new ByteReader(bytesOf(actBytes), 'actBytes')),
  };
}

function singleRows(single: SingleCase): KpuRow[] {
  return MODES.map(([column, mode]) => {
    const conv = new KpuConv2d(sectionsOf(single), {
      weightBits: single.weightBits,
      ties: mode,
      where: single.id,
    });
    const output = new Uint8Array(conv.outputBytes);
    const ranges = conv.run(bytesOf(single.input), output);
    const equal = isSameBytes(output, bytesOf(single[column].out)) && hasRanges(ranges, single);
    return { id: single.id, layer: 0, mode, equal };
  });
}

/** Each mode follows its own chain: a layer's input is a fresh pattern or the output of the layer before it. */
function chainRows(
  file: KmodelFile,
  run: ChainRun,
  fedBy: ReadonlyMap<number | undefined, string>,
): KpuRow[] {
  const mode = MODES.find(([column]) => column === run.mode)![1];
  let previous = new Uint8Array(0);
  return run.layers.map((expected) => {
    const { layer } = expected;
    const body = file.layers[layer];
    if (body?.type !== KPU_CONV)
      throw new FormatError(`golden file: layer ${layer} of the model is no KPU layer`);
    const where = `layer ${layer}`;
    const conv = new KpuConv2d(body.tail, { weightBits: weightBitsOf(file), ties: mode, where });
    const isFresh = fedBy.get(layer) === 'input';
    const input = isFresh ? patternOf(run.input, conv.inputBytes) : previous;
    previous = new Uint8Array(conv.outputBytes);
    const ranges = conv.run(input, previous);
    return {
      id: run.input,
      layer,
      mode,
      equal: isExpected(previous, expected) && hasRanges(ranges, expected),
    };
  });
}

function isExpected(output: Uint8Array, { sum, crc32: crc, first32, full }: ChainLayer): boolean {
  return (
    output.reduce((total, byte) => total + byte, 0) === sum &&
    crc32(output) === parseInt(crc, 16) &&
    isSameBytes(output.subarray(0, first32.length), first32) &&
    (full === undefined || isSameBytes(output, bytesOf(full)))
  );
}

function hasRanges(got: KpuRanges, { accMin, accMax, normMin, normMax }: KpuRanges): boolean {
  const isSameSums = got.accMin === accMin && got.accMax === accMax;
  return isSameSums && got.normMin === normMin && got.normMax === normMax;
}

function isSameBytes(got: Uint8Array, expected: ArrayLike<number>): boolean {
  return got.length === expected.length && got.every((byte, at) => byte === expected[at]);
}

function floatRow(file: KmodelFile, { input, fused }: FloatRun, index: number): KpuRow {
  const output = createKmodelRunner(file, { kernels: 'sdk' }).run(Float32Array.from(input))[0];
  const largest = Math.max(...fused.output.map(Math.abs));
  const equal = fused.output.every((value, at) => Math.abs(output[at] - value) <= FLOAT_TOLERANCE * largest);
  return { id: `run ${index}`, layer: file.layers.length - 1, mode: 'float32', equal };
}
