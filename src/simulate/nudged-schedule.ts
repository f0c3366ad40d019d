import type { Board, CoreUnit } from '../boards/board/board.ts';
import { findRow, type ParsedRow } from '../boards/pricing/cost-rows.ts';
import { coreCyclesOf, countsOf } from '../boards/pricing/cost.ts';
import { unclockedSpan, type Schedule, type ScheduledStep } from './schedule.ts';

/** The constant of a unit at a path such as "units.core.constants.cpiFloat32". */
const UNIT_CONSTANT = /^units\.([^.]+)\.constants\.([^.]+)$/;

interface CoreConstant {
  readonly unit: CoreUnit;
  readonly name: string;
}

/** The constant of a core at a path of the board; undefined where the path leads elsewhere. */
export function coreConstantAt(board: Board, path: string): CoreConstant | undefined {
  const [, id, name] = UNIT_CONSTANT.exec(path) ?? [];
  const unit = board.units.find((candidate) => candidate.id === id);
  return unit?.kind === 'core' ? { unit, name } : undefined;
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

/**
 * A schedule where one constant of a core is another: only the steps that it is part of are priced anew and have no
 * duration yet, since constants change nothing of what a step leaves in the cache. Undefined where no step is.
 */
export function withCoreConstant(
  schedule: Schedule,
  rows: StepRows,
  { unit, name }: CoreConstant,
  board: Board,
): Schedule | undefined {
  let changed: ScheduledStep[] | undefined;
  for (let at = 0; at < schedule.length; at++) {
    const scheduled = schedule[at];
    const row = rows[at];
    if (row === undefined || scheduled.kind !== 'span' || scheduled.unit !== unit.id || !reads(row, name))
      continue;
    const { step, before } = scheduled;
    changed ??= [...schedule];
    changed[at] = unclockedSpan(step, unit, coreCyclesOf(unit, step, board, before), before);
  }
  return changed;
}
