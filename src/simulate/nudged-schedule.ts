import type { Board, CoreUnit } from '../boards/board/board.ts';
import { findRow, type ParsedRow } from '../boards/pricing/cost-rows.ts';
import { coreCyclesOf, countsOf } from '../boards/pricing/cost.ts';
import { unclockedSpan, type Schedule, type SpanStep } from './schedule.ts';

/** The constant of a unit at a path such as "units.core.constants.cpiFloat32". */
const UNIT_CONSTANT = /^units\.([^.]+)\.constants\.([^.]+)$/;

/** Where the path of a constant leads to one of a unit's own: the unit and the constant's name. */
export function unitConstantAt(
  { units }: Board,
  path: string,
): { readonly unit: Board['units'][number]; readonly name: string } | undefined {
  const [, id, name] = UNIT_CONSTANT.exec(path) ?? [];
  const unit = units.find((candidate) => candidate.id === id);
  return unit && { unit, name };
}

/** Scripts may read any constant. */
function reads({ row, constantCycles }: ParsedRow, name: string): boolean {
  if (row.cost !== undefined || row.cpi === name) return true;
  for (const constant of constantCycles) if (constant.name === name) return true;
  return false;
}

/** The cost row of each step that runs on a core. */
export type StepRows = readonly (ParsedRow | undefined)[];

/** Rows are chosen by what a step is, so that those of one board hold on one with other constants. */
export function rowsOf(schedule: Schedule, { units }: Board): StepRows {
  return schedule.map(({ unit: id, step }) => {
    const unit = units.find((candidate) => candidate.id === id);
    if (unit?.kind !== 'core') return undefined;
    return findRow(unit, step.op, step.dtype, step.kernels, countsOf(step.work));
  });
}

/** A step of a schedule, by its index, as it is where a constant of the board is another. */
export interface NudgedSpan {
  readonly at: number;
  readonly span: SpanStep;
}

/**
 * The steps of a schedule that one constant of a core is part of, with the core as it is on another `board`: only they
 * are priced anew, since constants change nothing of what a step leaves in the cache.
 */
export function spansWithConstant(
  schedule: Schedule,
  rows: StepRows,
  unit: CoreUnit,
  name: string,
  board: Board,
): NudgedSpan[] {
  const nudged: NudgedSpan[] = [];
  for (let at = 0; at < schedule.length; at++) {
    const scheduled = schedule[at];
    const row = rows[at];
    if (row === undefined || scheduled.kind !== 'span' || scheduled.unit !== unit.id || !reads(row, name))
      continue;
    const { step, before } = scheduled;
    nudged.push({ at, span: unclockedSpan(step, unit, coreCyclesOf(unit, step, board, before), before) });
  }
  return nudged;
}

/** The steps of a schedule that another schedule of the same program prices otherwise. */
export function spansThatDiffer(schedule: Schedule, other: Schedule): NudgedSpan[] {
  const nudged: NudgedSpan[] = [];
  for (let at = 0; at < schedule.length; at++) {
    const [was, span] = [schedule[at], other[at]];
    if (was.kind === 'kpu' || span.kind === 'kpu') continue;
    if (was.spanCycles !== span.spanCycles || was.ownSeconds !== span.ownSeconds) nudged.push({ at, span });
  }
  return nudged;
}
