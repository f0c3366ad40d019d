import { FormatError } from '../../errors.ts';
import { readCount, readTable, type Cells } from '../measured-table.ts';

type Shape = readonly [height: number, width: number, channels: number];

/** One counted call of an operator's Eval, a row of `data/instruction-counts-2.csv`. */
export interface EvalRow {
  readonly line: number;
  /** Core that it was counted for, "cortex-m33". */
  readonly target: string;
  /** Compiler flags without the compiler's version: "-O2", "-O2 fpv4-sp". */
  readonly flags: string;
  readonly library: string;
  /** As TFLite names it, in lower case, with shorter names for windows: "conv", "batch_matmul". */
  readonly op: string;
  readonly dtype: 'float32' | 'int8';
  readonly input: Shape;
  readonly output: Shape;
  readonly kernel: readonly [height: number, width: number];
  readonly stride: number;
  readonly padding: string;
  /** Name of the counted layer: rows of one name are one shape in several builds. */
  readonly layer: string;
  /** What the shapes do not say: "mult=4", "axis=1;2 keep". */
  readonly attr: string;
  readonly instructions: number;
}

const TEXTS = [
  ...['kernel_library', 'op', 'dtype', 'compiler_flags', 'padding', 'target', 'layer', 'attr'],
] as const;
const NUMBERS = [
  ...(['in_h', 'in_w', 'in_c', 'out_h', 'out_w', 'out_c', 'k_h', 'k_w', 'stride', 'instructions'] as const),
];

function readRow(fields: Cells, index: number): EvalRow {
  const line = index + 2;
  const { dtype } = fields;
  if (dtype !== 'float32' && dtype !== 'int8')
    throw new FormatError(
      `instruction counts: line ${line}, column "dtype": "${dtype}"; allowed: float32, int8`,
    );
  const at = (column: (typeof NUMBERS)[number]) => readCount(fields, column, line);
  const instructions = at('instructions');
  if (instructions === 0)
    throw new FormatError(`instruction counts: line ${line}, column "instructions": 0 is no call`);
  return {
    ...{ line, dtype, instructions, target: fields.target!, library: fields.kernel_library!, op: fields.op! },
    flags: fields.compiler_flags!.replace(/\s*gcc.*$/, ''),
    input: [at('in_h'), at('in_w'), at('in_c')],
    output: [at('out_h'), at('out_w'), at('out_c')],
    kernel: [at('k_h'), at('k_w')],
    ...{ stride: at('stride'), padding: fields.padding!, layer: fields.layer!, attr: fields.attr! },
  };
}

/** Reads a table with the columns of `data/instruction-counts-2.csv`. Throws a FormatError that names line and column. */
export function readEvalRows(csvText: string): EvalRow[] {
  const { columns, rows: data } = readTable(csvText);
  const missing = [...TEXTS, ...NUMBERS].filter((column) => !columns.includes(column));
  if (missing.length > 0) throw new FormatError(`instruction counts: no column ${missing.join(', ')}`);
  if (data.length === 0) throw new FormatError('instruction counts: the table holds no rows');
  const short = data.findIndex((fields) => [...TEXTS, ...NUMBERS].some((column) => !(column in fields)));
  if (short >= 0) throw new FormatError(`instruction counts: line ${short + 2} holds too few fields`);
  return data.map(readRow);
}
