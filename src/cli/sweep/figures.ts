import { SpecError } from '../../errors.ts';
import { drawLineFigure, type CrossoverMark } from '../../report/sweep/crossover-figure.ts';
import { drawHeatMap } from '../../report/sweep/heat-map.ts';
import { drawParetoFigure } from '../../report/sweep/pareto-figure.ts';
import { isNumeric, variedAxes, type SweepAxis, type SweepTable } from '../../report/sweep/results-table.ts';
import type { Objective } from '../../sweep/study/space.ts';

export type PlotKind = 'heatmap' | 'small-multiples' | 'pareto' | 'lines';

export interface FigureRequest {
  readonly table: SweepTable;
  readonly metric: string;
  readonly objectives: readonly Objective[];
  /** Rows of the Pareto front. */
  readonly front: readonly number[];
  readonly marks: readonly CrossoverMark[];
  /** The axis of --along. */
  readonly along?: string;
}

/** Axes by their use in a figure: numbers with many values first, then other numbers, then words; boards apart. */
interface Roles {
  readonly along: readonly SweepAxis[];
  readonly board?: SweepAxis;
}

function rolesOf(table: SweepTable, first: string | undefined): Roles {
  const varied = variedAxes(table);
  const rank = (axis: SweepAxis) =>
    axis.name === first ? Number.POSITIVE_INFINITY : axis.values.length + (isNumeric(axis) ? 1e9 : 0);
  const along = varied.filter(({ name }) => name !== 'board').sort((a, b) => rank(b) - rank(a));
  const board = varied.find(({ name }) => name === 'board');
  return { along, ...(board && { board }) };
}

/** What shows most: a front where one is asked for, lines over one axis or where boards cross, else maps. */
export function choosePlot(table: SweepTable, wantsPareto: boolean, wantsCrossover: boolean): PlotKind {
  const { along } = rolesOf(table, undefined);
  if (wantsCrossover) return 'lines';
  if (wantsPareto) return 'pareto';
  if (along.length <= 1) return 'lines';
  return along.length === 2 ? 'heatmap' : 'small-multiples';
}

function needAxes(kind: PlotKind, found: number, needed: number): void {
  if (found >= needed) return;
  const axes = needed === 1 ? 'an axis' : `${needed} axes`;
  throw new SpecError(
    `--svg: a figure of kind ${kind} needs ${axes} with more than one value beside the boards, there ${found === 1 ? 'is' : 'are'} ${found}`,
  );
}

/** Draws the results. Throws a SpecError of one line where the axes do not suffice for this kind of plot. */
export function drawSweep(kind: PlotKind, request: FigureRequest): string {
  const { table, metric, objectives, front, marks } = request;
  const { along, board } = rolesOf(table, request.along);
  const [x, second, third, fourth] = along;
  if (kind === 'pareto') {
    if (objectives.length < 2)
      throw new SpecError('--plot pareto needs two --objectives, such as latencyMs,flashBytes');
    return drawParetoFigure({ table, objectives, front });
  }
  if (!table.measures[metric]?.some((value) => !Number.isNaN(value)))
    throw new SpecError(`--metric ${metric}: no point of this sweep has it; there is nothing to draw`);
  needAxes(kind, along.length, kind === 'lines' ? 1 : 2);
  if (kind === 'lines') {
    const series = board ?? second ?? singleBoard(table);
    const [columns, rows] = along.slice(1).filter((axis) => axis !== series);
    return drawLineFigure({ table, measure: metric, x: x, series, panels: { columns, rows }, marks });
  }
  if (kind === 'heatmap') return drawHeatMap(table, metric, { x: x, y: second, columns: board });
  const [columns, rows] = [third, board, fourth].filter((axis) => axis !== undefined);
  return drawHeatMap(table, metric, { x: x, y: second, columns, rows });
}

const singleBoard = ({ axes }: SweepTable): SweepAxis => axes.find(({ name }) => name === 'board')!;
