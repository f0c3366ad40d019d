import type { KernelForm } from '../../boards/libraries/counted/kernel-forms.ts';
import { matchesWhen, termValues, type Counts } from '../../boards/pricing/terms.ts';

/** A counted call as a form sees it. */
export interface FittedRow {
  readonly op: string;
  readonly dtype: string;
  readonly counts: Counts;
  readonly instructions: number;
}

const ROUNDS = 3000;
const SETTLED = 1e-9;
/** Of a row's instructions: what adds less to each row is what the descent left of nothing, and is nothing. */
const NOTHING = 1e-6;

/** Rows of each form: those of its operator, type and geometry that no form before it takes. */
export function rowsOfForms<Row extends FittedRow>(
  forms: readonly KernelForm[],
  rows: readonly Row[],
): Row[][] {
  const taken = forms.map((): Row[] => []);
  for (const row of rows) {
    const at = forms.findIndex(
      ({ op, dtype, when }) => op === row.op && dtype === row.dtype && matchesWhen(when, row.counts),
    );
    if (at >= 0) taken[at]!.push(row);
  }
  return taken;
}

/** Values of a form's terms, one column a term. */
export function termColumns(terms: readonly string[], rows: readonly FittedRow[]): number[][] {
  const named = Object.fromEntries(terms.map((term) => [term, 0]));
  // '1' is an integer key and would come first in the object.
  const names = Object.keys(named);
  const values = rows.map(({ counts }) => termValues(named, counts));
  return terms.map((term) => values.map((row) => row[names.indexOf(term)]!));
}

/**
 * Instructions of each term, none below 0, that minimise the sum of squared relative errors: what cannot be told apart
 * stays small instead of cancelling. Coordinate descent on the normal equations.
 */
export function fitForm(terms: readonly string[], rows: readonly FittedRow[]): number[] {
  const columns = termColumns(terms, rows).map((column) =>
    column.map((value, index) => value / rows[index]!.instructions),
  );
  const lengths = columns.map((column) => Math.hypot(...column) || 1);
  const unit = columns.map((column, at) => column.map((value) => value / lengths[at]!));
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, at) => sum + value * b[at]!, 0);
  const gram = unit.map((a) => unit.map((b) => dot(a, b)));
  const target = unit.map((column) => column.reduce((sum, value) => sum + value, 0));
  const solution = descend(gram, target);
  return solution.map((value, at) => {
    const coefficient = value / lengths[at]!;
    return columns[at]!.some((share) => share * coefficient >= NOTHING) ? coefficient : 0;
  });
}

function descend(gram: readonly (readonly number[])[], target: readonly number[]): number[] {
  const x = target.map(() => 0);
  for (let round = 0; round < ROUNDS; round++) {
    let moved = 0;
    for (let i = 0; i < x.length; i++) {
      if (gram[i]![i] === 0) continue;
      const pull = target[i]! - gram[i]!.reduce((sum, value, j) => sum + value * x[j]!, 0);
      const next = Math.max(0, x[i]! + pull / gram[i]![i]!);
      moved = Math.max(moved, Math.abs(next - x[i]!));
      x[i] = next;
    }
    if (moved < SETTLED) break;
  }
  return x;
}

export function formInstructions(
  terms: readonly string[],
  coefficients: readonly number[],
  row: FittedRow,
): number {
  return termColumns(terms, [row]).reduce((sum, [value], at) => sum + value! * coefficients[at]!, 0);
}
