import { readFileSync } from 'node:fs';
import { CORTEX_M7_LIBRARIES } from '../../src/boards/libraries/cortex-m7-libraries.ts';
import { loadAllRows } from '../../src/boards/libraries/load-all-rows.ts';
import { findRow } from '../../src/boards/pricing/cost-rows.ts';
import { evalCall } from '../../src/calibrate/counts/eval-calls.ts';
import { readEvalRows } from '../../src/calibrate/counts/eval-rows.ts';
import { evaluateTerms } from '../../src/boards/pricing/terms.ts';
import type { Operands } from '../../src/kernels/definition/operands.ts';
import { opFor } from '../../src/kernels/index.ts';
import type { DType } from '../../src/models/graph/graph.ts';

loadAllRows();

const DATA = new URL('../../data/instruction-counts-2.csv', import.meta.url);

/** One row of `data/instruction-counts-2.csv`: its columns as text, and its parameters by name. */
export interface EvalRow {
  readonly columns: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, number>>;
  shape(side: 'in' | 'out'): readonly [number, number, number];
}

/** An operator's call as the row describes it. */
export interface EvalCall {
  readonly attributes: object;
  readonly inputs: Operands;
}

function parametersOf(text: string): Record<string, number> {
  const pairs = text.split(' ').map((pair) => pair.split('='));
  return Object.fromEntries(pairs.map(([name, value]) => [name, Number(value)]));
}

let table: readonly Readonly<Record<string, string>>[] | undefined;

/** The table, read once. */
function readTable(): readonly Readonly<Record<string, string>>[] {
  if (table) return table;
  const [head = '', ...lines] = readFileSync(DATA, 'utf8').trimEnd().split('\n');
  const names = head.split(',');
  const rows = lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [names[at], cell])));
  table = rows;
  return rows;
}

/** Rows of an operator on a Cortex-M7 with its double-precision unit. */
export function evalRows(op: string): EvalRow[] {
  return readTable()
    .filter((columns) => columns.op === op && columns.target === 'cortex-m7')
    .filter(({ compiler_flags: flags }) => !flags!.includes('fpv4'))
    .map((columns) => ({
      columns,
      parameters: parametersOf(columns.attr!),
      shape: (side) => [`${side}_h`, `${side}_w`, `${side}_c`].map((name) => Number(columns[name])) as never,
    }));
}

/** By how many percent the price of the row's library is off its count. */
export function priceErrorPercent(
  op: string,
  row: Pick<EvalRow, 'columns'>,
  { attributes, inputs }: EvalCall,
): number {
  const { kernel_library: kernels, compiler_flags: flags, dtype, instructions } = row.columns;
  const build = `GCC 12.2 ${flags!.split(' ')[0]}`;
  const library = CORTEX_M7_LIBRARIES.find(({ id, build: of }) => id.startsWith(kernels!) && of === build)!;
  const known = opFor(op)!;
  const { counts } = known.work(attributes, inputs, known.infer(attributes, inputs));
  const { row: cost } = findRow(library, op, dtype as DType, library.id, counts)!;
  return 100 * Math.abs(evaluateTerms(cost.instructions!, counts) / Number(instructions) - 1);
}

/** The errors of `priceErrorPercent` over an operator's rows of one library, each called as `validate counts` calls it. */
export function countedErrors(op: string, kernels: string, flags = ''): number[] {
  return readEvalRows(readFileSync(DATA, 'utf8'))
    .filter((row) => row.op === op && row.target === 'cortex-m7' && row.library === kernels)
    .filter((row) => row.flags.startsWith(flags) && !row.flags.includes('fpv4'))
    .map((row) => {
      const { op: name, ...call } = evalCall(row);
      const { library, flags: build, dtype, instructions } = row;
      const columns = {
        kernel_library: library,
        compiler_flags: build,
        dtype,
        instructions: `${instructions}`,
      };
      return priceErrorPercent(name, { columns }, call);
    });
}
