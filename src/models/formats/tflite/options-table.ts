import type { Builder, ByteBuffer, Offset, Table } from 'flatbuffers';
import type { Budget } from './budget.ts';
import type { Layout, LayoutField, ScalarField, ScalarType, VectorField } from './schema/layout-types.ts';
import { LAYOUT } from './schema/layout.ts';
import type { BuiltinOptions, BuiltinOptions2 } from './schema/schema.ts';

/** Name of a table that holds the options of an operator, such as "Conv2DOptions". */
export type OptionsName = Exclude<keyof typeof BuiltinOptions | keyof typeof BuiltinOptions2, 'NONE'>;

/** Names of the fields of such a table, as the format spells them: "stride_w". */
export type OptionsField<Name extends OptionsName = OptionsName> = (typeof LAYOUT)[Name][number]['name'];

interface Scalar {
  read(bytes: ByteBuffer, at: number): unknown;
  add(b: Builder, value: never): void;
}

// A builder has one call for both signs of a width, since their bits are stored alike.
const SCALARS: Readonly<Record<ScalarType, Scalar>> = {
  bool: { read: (bytes, at) => bytes.readInt8(at) !== 0, add: (b, value: number) => b.addInt8(value) },
  byte: { read: (bytes, at) => bytes.readInt8(at), add: (b, value: number) => b.addInt8(value) },
  ubyte: { read: (bytes, at) => bytes.readUint8(at), add: (b, value: number) => b.addInt8(value) },
  int: { read: (bytes, at) => bytes.readInt32(at), add: (b, value: number) => b.addInt32(value) },
  uint: { read: (bytes, at) => bytes.readUint32(at), add: (b, value: number) => b.addInt32(value) },
  float: { read: (bytes, at) => bytes.readFloat32(at), add: (b, value: number) => b.addFloat32(value) },
  long: { read: (bytes, at) => bytes.readInt64(at), add: (b, value: bigint) => b.addInt64(value) },
  ulong: { read: (bytes, at) => bytes.readUint64(at), add: (b, value: bigint) => b.addInt64(value) },
};

// A vector takes so much memory for each element as JavaScript numbers, a string for each character.
const ELEMENT_BYTES = 8;
const CHARACTER_BYTES = 2;

interface Place {
  readonly slot: number;
  readonly field: LayoutField;
}

function placeOf(table: OptionsName, name: string): Place {
  const fields: Layout[string] = LAYOUT[table];
  const slot = fields.findIndex((field) => field.name === name);
  if (slot === -1) throw new Error(`${table} has no field ${name}`);
  return { slot, field: fields[slot] };
}

/**
 * One field of an options table that the verifier has seen, lists and texts paid from the budget. What the file leaves
 * out has the format's default; so has every field where there is no table. 64-bit integers are bigints.
 */
export function readField<Name extends OptionsName>(
  at: Table | null,
  table: Name,
  name: OptionsField<Name>,
  budget: Budget,
): unknown {
  const { slot, field } = placeOf(table, name);
  const shift = at ? at.bb.__offset(at.bb_pos, 4 + 2 * slot) : 0;
  if (!at || shift === 0) return defaultOf(field);
  const place = at.bb_pos + shift;
  if (field.kind === 'scalar') return SCALARS[field.type].read(at.bb, place);
  const isText = field.kind === 'string';
  const length = at.bb.__vector_len(place);
  budget.spend((isText ? CHARACTER_BYTES : ELEMENT_BYTES) * length);
  return isText ? at.bb.__string(place) : readVector(at.bb, place, field as VectorField, length);
}

function readVector(bytes: ByteBuffer, place: number, field: VectorField, length: number): unknown[] {
  const start = bytes.__vector(place);
  const { read } = SCALARS[field.type];
  return Array.from({ length }, (_, index) => read(bytes, start + field.bytes * index));
}

function defaultOf(field: LayoutField): unknown {
  if (field.kind === 'string') return '';
  if (field.kind !== 'scalar') return [];
  const value = stored(field.type, field.default ?? 0);
  return field.type === 'bool' ? value !== 0 : value;
}

/** A value as its field stores it. */
function stored(type: ScalarType, value: unknown): number | bigint {
  return type === 'long' || type === 'ulong' ? BigInt(value as number) : Number(value);
}

/**
 * Writes an options table from its fields' values; what is undefined or equals the format's default is left out. Numbers
 * go in by falling width, as the format's C++ builders add them, so that no gaps are left between them; those of one
 * width in the order given.
 */
export function writeTable<Name extends OptionsName>(
  b: Builder,
  table: Name,
  values: Readonly<Partial<Record<OptionsField<Name>, unknown>>>,
): Offset {
  const given = Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ({ ...placeOf(table, name), value }));
  const outside = given
    .filter(({ field }) => field.kind !== 'scalar')
    .map(({ slot, field, value }) => ({ slot, at: writeOutside(b, field, value) }));
  b.startObject(LAYOUT[table].length);
  for (const { slot, at } of outside) b.addFieldOffset(slot, at, 0);
  const scalars = given.filter(({ field }) => field.kind === 'scalar') as (Place & {
    field: ScalarField;
    value: unknown;
  })[];
  scalars.sort((a, other) => other.field.bytes - a.field.bytes);
  for (const { slot, field, value } of scalars) writeScalar(b, slot, field, value);
  return b.endObject();
}

function writeScalar(
  b: Builder,
  slot: number,
  { type, default: absent = 0 }: ScalarField,
  value: unknown,
): void {
  const bits = stored(type, value);
  if (bits === stored(type, absent)) return;
  SCALARS[type].add(b, bits as never);
  b.slot(slot);
}

/** Strings and vectors lie before the table that points to them. */
function writeOutside(b: Builder, field: LayoutField, value: unknown): Offset {
  if (field.kind === 'string') return b.createString(value as string);
  const { type, bytes } = field as VectorField;
  const elements = value as readonly unknown[];
  b.startVector(bytes, elements.length, bytes);
  for (let index = elements.length - 1; index >= 0; index--) {
    SCALARS[type].add(b, stored(type, elements[index]) as never);
  }
  return b.endVector();
}
