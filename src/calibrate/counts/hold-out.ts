import type { InstructionRow } from '../instruction-rows.ts';
import { countCall } from './eval-counts.ts';
import type { EvalRow } from './eval-rows.ts';
import { fitBuilds } from './fit-builds.ts';
import { formInstructions, rowsOfForms } from './fit-forms.ts';

const FOLDS = 6;

/** Name of the counted shape; direct calls name it alike. */
function foldsOf(rows: readonly EvalRow[]): Map<string, number> {
  const folds = new Map<string, number>();
  const seen = new Map<string, number>();
  for (const { op, layer, attr } of rows) {
    const key = `${op} ${layer} ${attr}`;
    if (folds.has(key)) continue;
    const before = seen.get(op) ?? 0;
    seen.set(op, before + 1);
    folds.set(key, before % FOLDS);
  }
  return folds;
}

/**
 * Absolute errors in percent, by core, of rows whose shape is left out of the fit: every shape once, in all builds at a
 * time, with the direct calls of the same shape.
 */
export function heldOutErrors(
  rows: readonly EvalRow[],
  direct: readonly InstructionRow[],
): Map<string, number[]> {
  const folds = foldsOf(rows);
  const foldOf = ({ op, layer, attr }: EvalRow) => folds.get(`${op} ${layer} ${attr}`)!;
  const errors = new Map<string, number[]>();
  for (let fold = 0; fold < FOLDS; fold++) {
    const left = rows.filter((row) => foldOf(row) === fold);
    const layers = new Set(left.map(({ layer }) => layer));
    const seen = direct.filter(({ id }) => !layers.has(id.slice(id.lastIndexOf(' ') + 1)));
    const builds = fitBuilds(
      rows.filter((row) => foldOf(row) !== fold),
      seen,
    );
    for (const { target, flags, library, forms, coefficients } of builds) {
      const mine = left.filter(
        (row) => row.target === target && row.flags === flags && row.library === library,
      );
      const fitted = mine.map((row) => ({ ...row, ...countCall(row) }));
      const ofBuild = rowsOfForms(forms, fitted).flatMap((matched, at) => {
        const known = coefficients[at];
        const predict = (row: (typeof matched)[number]) =>
          known ? formInstructions(forms[at]!.terms, known, row) : 0;
        return matched.map((row) => 100 * Math.abs(predict(row) / row.instructions - 1));
      });
      errors.set(target, [...(errors.get(target) ?? []), ...ofBuild]);
    }
  }
  return errors;
}
