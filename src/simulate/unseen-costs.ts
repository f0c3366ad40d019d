import type { Board, Grade } from '../boards/board/board.ts';
import { findCostRow } from '../boards/pricing/cost-rows.ts';
import { countsOf } from '../boards/pricing/cost.ts';
import type { Program, Step } from '../deploy/program.ts';
import type { UnseenCost } from './uncertainty.ts';

/** Steps of one cost row that the calibration never saw: they are right or wrong together. */
export interface UnseenRow {
  readonly grade: Grade;
  /** Their indices in the program. */
  readonly steps: readonly number[];
}

/** Rows of a program that the board's calibration never saw, in the order in which they come. */
export function unseenRows({ steps }: Program, board: Board): UnseenRow[] {
  const seen = new Set(board.calibration?.domain.rows);
  const rows = new Map<string, { grade: Grade; steps: number[] }>();
  steps.forEach((step, index) => {
    const key = `${step.kernels} ${step.op} ${step.dtype}`;
    if (seen.has(key)) return;
    const row = rows.get(key) ?? { grade: 'estimated', steps: [] };
    row.grade = gradeOf(step, board);
    row.steps.push(index);
    rows.set(key, row);
  });
  return [...rows.values()];
}

function gradeOf(step: Step, board: Board): Grade {
  const unit = board.units.find((candidate) => candidate.id === step.unit);
  if (unit?.kind !== 'core') return 'fitted';
  return findCostRow(unit, step.op, step.dtype, step.kernels, countsOf(step.work))?.grade ?? 'estimated';
}

/** What the rows cost together where each step takes so long; of a counterfactual all of it is an estimate. */
export function unseenCosts(
  rows: readonly UnseenRow[],
  durationMs: (step: number) => number,
  { counterfactual }: Program,
  pulseMs: number,
): UnseenCost[] {
  const costs: UnseenCost[] = rows.map(({ grade, steps }) => {
    let costMs = 0;
    for (const step of steps) costMs += durationMs(step);
    return { costMs, grade };
  });
  if (counterfactual !== undefined) costs.push({ costMs: pulseMs, grade: 'estimated' });
  return costs;
}
