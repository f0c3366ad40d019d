import type { Builder, Offset, Table } from 'flatbuffers';
import type { Budget } from './budget.ts';
import type { OpRow } from './op-table.ts';
import { readFlexMap, writeFlexMap, type FlexMap } from './flex-map.ts';
import { readField, writeTable, type OptionsField, type OptionsName } from './options-table.ts';
import { placeOfOptions } from './options-unions.ts';
import { Operator } from './schema/schema.ts';

const FLEX = 'flex:';

type Row = Pick<OpRow, 'options' | 'fields'>;

/**
 * Typed attributes of an operator from its options table; the format's defaults where the file has none or another's.
 * Throws a FormatError, begun with `where`, for a value that the format does not allow.
 */
export function readAttributes(
  { options, fields }: Row,
  raw: Operator,
  where: string,
  budget: Budget,
): object {
  const isCustom = Object.values(fields).some(([name]) => name.startsWith(FLEX));
  if (!options && !isCustom) return {};
  const table = options ? findOptions(options, raw) : null;
  const custom = isCustom ? customOptions(raw, where, budget) : {};
  const attributes: Record<string, unknown> = {};
  for (const [name, [field, codec]] of Object.entries(fields)) {
    const stored = options
      ? readField(table, options, field as OptionsField, budget)
      : custom[field.slice(FLEX.length)];
    const value = codec.decode(stored, `${where}: ${name}`);
    if (value !== undefined) attributes[name] = value;
  }
  return attributes;
}

function customOptions(raw: Operator, where: string, budget: Budget): FlexMap {
  budget.spend(2 * raw.customOptionsLength());
  const bytes = raw.customOptionsArray();
  return bytes && bytes.length > 0 ? readFlexMap(bytes, where) : {};
}

/** Writes the own options of a custom operator; 0 where it has none. */
export function writeCustomOptions(b: Builder, { fields }: Row, attributes: object): Offset {
  const custom = Object.entries(fields).filter(([, [name]]) => name.startsWith(FLEX));
  if (custom.length === 0) return 0;
  const values = custom.map(([name, [field, codec]]) => [
    field.slice(FLEX.length),
    codec.encode((attributes as Record<string, unknown>)[name]),
  ]);
  return b.createByteVector(writeFlexMap(Object.fromEntries(values)));
}

function findOptions(options: OptionsName, raw: Operator): Table | null {
  const { union, number } = placeOfOptions(options);
  const isFirst = union === 'builtin_options';
  const type = isFirst ? raw.builtinOptionsType() : raw.builtinOptions2Type();
  if (type !== number) return null;
  return isFirst ? raw.builtinOptions({}) : raw.builtinOptions2({});
}

/** Writes the options table of an operator; 0 where it has none. */
export function writeOptions(b: Builder, { options, fields }: Row, attributes: object): Offset {
  if (!options) return 0;
  const values = Object.entries(fields).map(([name, [field, codec]]) => [
    field,
    codec.encode((attributes as Record<string, unknown>)[name]),
  ]);
  return writeTable(b, options, Object.fromEntries(values));
}

/** Adds options that `writeOptions` has written to the operator that is open. */
export function addOptions(b: Builder, { options }: Row, offset: Offset): void {
  if (!options) return;
  const { union, number } = placeOfOptions(options);
  if (union === 'builtin_options') {
    Operator.addBuiltinOptions(b, offset);
    Operator.addBuiltinOptionsType(b, number);
  } else {
    Operator.addBuiltinOptions2(b, offset);
    Operator.addBuiltinOptions2Type(b, number);
  }
}
