import { COUNTED_LIBRARIES } from '../../boards/libraries/counted-libraries.ts';
import type { KernelLibrary } from '../../boards/board/board-parts.ts';
import { findCostRow } from '../../boards/pricing/cost-rows.ts';
import { evaluateTerms } from '../../boards/pricing/terms.ts';
import { InferscopeError } from '../../errors.ts';
import { countCall } from './eval-counts.ts';
import { readEvalRows, type EvalRow } from './eval-rows.ts';

/** One counted call beside what the cost row of its library says. */
export interface CountsRow {
  readonly target: string;
  readonly flags: string;
  readonly library: string;
  readonly op: string;
  readonly dtype: string;
  /** Instructions, like `predicted`. */
  readonly measured: number;
  readonly predicted: number;
  readonly errorPercent: number;
}

/** How well the rows of one core are met; a row without a price counts as wrong. */
export interface CoreScore {
  readonly target: string;
  readonly rows: number;
  readonly medianPercent: number;
  readonly within5Percent: number;
  readonly holds: boolean;
}

export interface CountsDocument {
  readonly rows: readonly CountsRow[];
  readonly skipped: readonly { readonly line: number; readonly reason: string }[];
  readonly cores: readonly CoreScore[];
}

/** Per core: largest median error, and smallest share of rows within 5 %, both in percent. */
export const COUNT_BARS = { medianPercent: 2, within5Percent: 85 };

/** The library that a row was counted with: by name, core, flag and width of the floating-point unit. */
export function libraryOf({ target, flags, library }: EvalRow): KernelLibrary | undefined {
  const [flag, unit] = flags.split(' ');
  const id = flag === '-O2' ? library : `${library}${flag}`;
  const fpu = unit?.includes('sp') ? 'single' : undefined;
  const known = COUNTED_LIBRARIES.filter((candidate) => candidate.core === target && candidate.id === id);
  return fpu === undefined ? known[0] : known.find((candidate) => candidate.fpu === fpu);
}

function judge(row: EvalRow): CountsRow {
  const library = libraryOf(row);
  if (!library) throw new InferscopeError(`no kernels of ${row.library} ${row.flags} for ${row.target}`);
  const { op, counts } = countCall(row);
  const cost = findCostRow(library, op, row.dtype, library.id, counts);
  if (!cost?.instructions)
    throw new InferscopeError(`${library.id} for ${row.target} has no price for ${row.dtype} ${op}`);
  const { target, flags, dtype, instructions: measured } = row;
  const predicted = evaluateTerms(cost.instructions, counts);
  const errorPercent = (100 * (predicted - measured)) / measured;
  return { target, flags, library: row.library, op, dtype, measured, predicted, errorPercent };
}

function scoreOf(target: string, errors: readonly number[]): CoreScore {
  const sorted = errors.toSorted((a, b) => a - b);
  const medianPercent = (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
  const within5Percent = (100 * errors.filter((error) => error <= 5).length) / errors.length;
  const holds = medianPercent <= COUNT_BARS.medianPercent && within5Percent >= COUNT_BARS.within5Percent;
  return { target, rows: errors.length, medianPercent, within5Percent, holds };
}

/**
 * Instructions of the cost rows of every counted library against calls counted through the operators: rows with the
 * columns of `data/instruction-counts-2.csv`. Throws a FormatError for a bad table; a row that nothing prices is skipped.
 */
export function validateCounts(csvText: string): CountsDocument {
  const rows: CountsRow[] = [];
  const skipped: { line: number; reason: string }[] = [];
  const errors = new Map<string, number[]>();
  for (const row of readEvalRows(csvText)) {
    const ofCore = errors.get(row.target) ?? [];
    errors.set(row.target, ofCore);
    try {
      const judged = judge(row);
      rows.push(judged);
      ofCore.push(Math.abs(judged.errorPercent));
    } catch (error) {
      if (!(error instanceof InferscopeError)) throw error;
      skipped.push({ line: row.line, reason: error.message });
      ofCore.push(100);
    }
  }
  return { rows, skipped, cores: [...errors].map(([target, of]) => scoreOf(target, of)) };
}
