import { SUBGRAPH } from './codecs.ts';
import type { Fields, StoredOp } from './op-storage.ts';
import type { VersionRow } from './op-versions.ts';
import type { OptionsName } from './options-table.ts';
import { narrowOptions } from './options-unions.ts';
import type { Layout } from './schema/layout-types.ts';
import { LAYOUT } from './schema/layout.ts';
import { BuiltinOperator } from './schema/schema.ts';

const CUSTOM = 'CUSTOM:';

/** One operator in both directions: code, options table (absent where it has none), attributes, versions. */
export interface OpRow {
  readonly op: string;
  readonly code: number;
  /** The name that the file gives a custom operator. */
  readonly custom?: string;
  readonly options?: OptionsName;
  readonly fields: Fields;
  /** Attributes that number a subgraph which it runs, in order. */
  readonly calls: readonly string[];
  readonly isSilent?: boolean;
  readonly versions: VersionRow;
  readonly weighted?: StoredOp['weighted'];
}

/** The operators that a reader and a writer understand. */
export interface OpTable {
  readonly byName: ReadonlyMap<string, OpRow>;
  /** Layout for the verifier: of the options only the tables of these operators. */
  readonly layout: Layout;
}

/** A table of operators. Throws where the format has no operator of a name. */
export function createOpTable(ops: readonly StoredOp[]): OpTable {
  const rows = ops.map(rowOf);
  return {
    byName: new Map(rows.map((row) => [row.op, row])),
    layout: narrowOptions(LAYOUT, new Set(rows.map(({ options }) => options))),
  };
}

function rowOf({ type, tflite, weighted }: StoredOp): OpRow {
  const { options, fields = {}, versions, isSilent } = tflite;
  const isCustom = type.startsWith(CUSTOM);
  const code = isCustom ? BuiltinOperator.CUSTOM : (BuiltinOperator as Record<string, number>)[type];
  if (code === undefined) throw new Error(`${type} is no operator of the format; name it ${CUSTOM}${type}`);
  return {
    op: type,
    code,
    fields,
    versions,
    calls: Object.keys(fields).filter((name) => fields[name][1] === SUBGRAPH),
    ...(isSilent && { isSilent }),
    ...(isCustom && { custom: type.slice(CUSTOM.length) }),
    ...(options && { options }),
    ...(weighted && { weighted }),
  };
}

/** Name of every builtin operator of the format by its code, understood or not. */
export const OP_NAME_BY_CODE: ReadonlyMap<number, string> = new Map(
  Object.entries(BuiltinOperator).map(([name, code]) => [code, name]),
);
