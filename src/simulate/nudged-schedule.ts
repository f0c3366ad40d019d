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

/** One constant of a board that is another, and the steps on cores whose price it is part of. */
export interface PriceNudge {
  readonly board: Board;
  readonly touches: (step: SpanStep, row: ParsedRow) => boolean;
}

/** For a constant of a core. Scripts may read any. */
export function touchesConstant(core: string, name: string): PriceNudge['touches'] {
  return ({ unit }, { row, constantCycles }) => {
    if (unit !== core) return false;
    if (row.cost !== undefined || row.cpi === name) return true;
    for (const constant of constantCycles) if (constant.name === name) return true;
    return false;
  };
}

/** For what a memory costs. */
export function touchesMemory(id: string): PriceNudge['touches'] {
  return ({ step: { memories } }, { streams }) =>
    streams.length > 0 && (memories.input === id || memories.weights === id || memories.output === id);
}

/**
 * The steps of a schedule that nudged constants make others, by nudge: only they are priced anew, since no such constant
 * changes anything of what a step leaves in the cache. Step by step, so that each walks through the cache once.
 */
export function nudgedSpans(
  schedule: Schedule,
  rows: StepRows,
  nudges: readonly PriceNudge[],
): NudgedSpan[][] {
  const spans = nudges.map((): NudgedSpan[] => []);
  for (let at = 0; at < schedule.length; at++) {
    const scheduled = schedule[at];
    const row = rows[at];
    if (row === undefined || scheduled.kind !== 'span') continue;
    for (let nudge = 0; nudge < nudges.length; nudge++) {
      const { board, touches } = nudges[nudge];
      if (touches(scheduled, row)) spans[nudge].push({ at, span: pricedOn(scheduled, board) });
    }
  }
  return spans;
}

function pricedOn({ step, unit: id, before }: SpanStep, board: Board): SpanStep {
  const unit = board.units.find((candidate) => candidate.id === id) as CoreUnit;
  return unclockedSpan(step, unit, coreCyclesOf(unit, step, board, before), before);
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
