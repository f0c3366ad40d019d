import { ByteBuffer } from 'flatbuffers';
import { expect, test } from 'vitest';
import { tfliteFile, type FileOp } from '../../../../test/fixtures/tflite-file.ts';
import { writeTable } from './options-table.ts';
import { narrowOptions, placeOfOptions } from './options-unions.ts';
import { readTflite } from '../../../files/tflite.ts';
import { LAYOUT } from './schema/layout.ts';
import { BuiltinOperator, BuiltinOptions, BuiltinOptions2, Model } from './schema/schema.ts';
import { verifyFlatbuffer } from './verify.ts';

// A number that stands once in the file, right behind the length of its list.
const MARK = 0x3fc00000;

type Op = Pick<FileOp, 'code' | 'options' | 'options2'>;

const fileOf = (op: Op) =>
  tfliteFile({
    tensors: [{ shape: [1] }, { shape: [1] }],
    ops: [{ ...op, inputs: [0], outputs: [1] }],
    inputs: [0],
    outputs: [1],
  });

/** A file of one operator whose list of options claims to be longer than the file. */
function withLongList(op: Op): Uint8Array {
  const bytes = fileOf(op);
  const view = new DataView(bytes.buffer);
  const words = Array.from({ length: bytes.length / 4 }, (_, word) => 4 * word);
  const marks = words.filter((at) => view.getUint32(at, true) === MARK);
  expect(marks).toHaveLength(1);
  view.setUint32(marks[0] - 4, 9999, true);
  return bytes;
}

const reshape: FileOp['options'] = [
  BuiltinOptions.ReshapeOptions,
  (b) => writeTable(b, 'ReshapeOptions', { new_shape: [MARK] }),
];
const bucketize: FileOp['options'] = [
  BuiltinOptions.BucketizeOptions,
  (b) => writeTable(b, 'BucketizeOptions', { boundaries: [1.5] }),
];
const cases: FileOp['options'] = [
  BuiltinOptions2.StablehloCaseOptions,
  (b) => writeTable(b, 'StablehloCaseOptions', { branch_subgraph_indices: [MARK] }),
];
const { RESHAPE, BUCKETIZE, STABLEHLO_CASE } = BuiltinOperator;

test('a broken table of options that are read is refused, whichever operator has it', () => {
  for (const code of [RESHAPE, BUCKETIZE]) {
    const bytes = withLongList({ code, options: reshape });
    expect(() => readTflite(bytes, 'x')).toThrow(/^x: truncated: .*builtin_options.new_shape/);
  }
});

test('a broken table of options that nobody reads does not matter, in either union', () => {
  const files = [
    withLongList({ code: BUCKETIZE, options: bucketize }),
    withLongList({ code: STABLEHLO_CASE, options2: cases }),
  ];
  expect(files.map((bytes) => readTflite(bytes, 'x').nodes[0].op)).toEqual(['BUCKETIZE', 'STABLEHLO_CASE']);
});

test('where the second union points to does not matter as long as nobody reads it', () => {
  const bytes = fileOf({ code: STABLEHLO_CASE, options2: cases });
  const { bb, bb_pos } = Model.getRootAsModel(new ByteBuffer(bytes)).subgraphs(0)!.operators(0)!;
  const slot = LAYOUT.Operator.findIndex(({ name }) => name === 'builtin_options_2');
  bb!.writeUint32(bb_pos + bb!.__offset(bb_pos, 4 + 2 * slot), 0);
  expect(readTflite(bytes, 'x').nodes[0].op).toBe('STABLEHLO_CASE');
});

test.each([
  ['BucketizeOptions', { code: BUCKETIZE, options: bucketize }, /builtin_options.boundaries/],
  ['StablehloCaseOptions', { code: STABLEHLO_CASE, options2: cases }, /builtin_options_2.branch_subgraph/],
] as const)('%s is looked into once it is read', (table, op, where) => {
  const layout = narrowOptions(LAYOUT, new Set([table]));
  expect(() => verifyFlatbuffer(withLongList(op), layout, 'Model', 'x')).toThrow(where);
});

// From TensorFlow's schema.fbs.
test.each([
  ['Conv2DOptions', 'builtin_options', 1],
  ['AbsOptions', 'builtin_options', 78],
  ['RightShiftOptions', 'builtin_options', 126],
  ['StablehloConcatenateOptions', 'builtin_options_2', 1],
  ['DilateOptions', 'builtin_options_2', 18],
  ['StablehloCaseOptions', 'builtin_options_2', 23],
] as const)('%s is in %s under %i', (table, union, number) => {
  expect(placeOfOptions(table)).toEqual({ union, number });
});
