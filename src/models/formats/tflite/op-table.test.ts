import { expect, it, test } from 'vitest';
import { OPS } from '../../../kernels/index.ts';
import { createOpTable, OP_NAME_BY_CODE } from './op-table.ts';
import type { Field } from './op-storage.ts';
import { placeOfOptions } from './options-unions.ts';
import type { Layout } from './schema/layout-types.ts';
import { LAYOUT } from './schema/layout.ts';

const TABLE = createOpTable(Object.values(OPS));

// Numbers as every .tflite file carries them, from TensorFlow's schema.fbs: [operator, its code, its options' number].
test.each([
  ['ADD', 0, 11],
  ['AVERAGE_POOL_2D', 1, 5],
  ['CONCATENATION', 2, 10],
  ['CONV_2D', 3, 1],
  ['DEPTHWISE_CONV_2D', 4, 2],
  ['DEQUANTIZE', 6, 38],
  ['FULLY_CONNECTED', 9, 8],
  ['MAX_POOL_2D', 17, 5],
  ['MUL', 18, 21],
  ['RESHAPE', 22, 17],
  ['RESIZE_BILINEAR', 23, 15],
  ['SOFTMAX', 25, 9],
  ['PAD', 34, 22],
  ['TRANSPOSE', 39, 26],
  ['MEAN', 40, 27],
  ['SUB', 41, 28],
  ['SQUEEZE', 43, 30],
  ['STRIDED_SLICE', 45, 32],
  ['SPLIT', 49, 35],
  ['MAXIMUM', 55, 39],
  ['ARG_MAX', 56, 40],
  ['PADV2', 60, 43],
  ['TRANSPOSE_CONV', 67, 49],
  ['EXPAND_DIMS', 70, 52],
  ['SHAPE', 77, 55],
  ['PACK', 83, 59],
  ['RESIZE_NEAREST_NEIGHBOR', 97, 74],
  ['LEAKY_RELU', 98, 75],
  ['QUANTIZE', 114, 89],
  ['HARD_SWISH', 117, 91],
])('%s has code %i and options %i', (op, code, optionsType) => {
  const row = TABLE.byName.get(op)!;
  expect(row).toMatchObject({ op, code });
  expect(placeOfOptions(row.options!)).toEqual({ union: 'builtin_options', number: optionsType });
});

test.each([
  [32, 'CUSTOM'],
  [99, 'SQUARED_DIFFERENCE'],
  [127, 'PLACEHOLDER_FOR_GREATER_OP_CODES'],
  [150, 'GELU'],
  [206, 'STABLEHLO_COMPOSITE'],
])('code %i is named %s', (code, name) => {
  expect(OP_NAME_BY_CODE.get(code)).toBe(name);
});

it('names 210 operators and understands each of its own once', () => {
  expect(OP_NAME_BY_CODE.size).toBe(210);
  const codes = [...TABLE.byName.values()].map(({ code }) => code);
  expect(new Set(codes).size).toBe(Object.keys(OPS).length);
});

it('refuses an operator that the format does not have', () => {
  const made = { type: 'CUBE', tflite: { versions: { runtimes: '' } } };
  expect(() => createOpTable([made])).toThrow('CUBE is no operator of the format; name it CUSTOM:CUBE');
});

test.each(Object.values(OPS).map((op) => [op.type, op] as const))(
  '%s stores each attribute in a field that its options table has, or under a key of its own options',
  (type, { tflite: { options, fields = {} } }) => {
    const known = options ? (LAYOUT[options] as Layout[string]).map(({ name }) => name) : [];
    const stored = Object.values<Field>(fields).map(([name]) => name);
    const isOwn = (name: string) => type.startsWith('CUSTOM:') && name.startsWith('flex:');
    expect(stored.filter((name) => !known.includes(name) && !isOwn(name))).toEqual([]);
  },
);
