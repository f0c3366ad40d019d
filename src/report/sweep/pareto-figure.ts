import * as Plot from '@observablehq/plot';
import { formatCount } from '../format.ts';
import { nameOut } from './colours.ts';
import { createDocument, drawFrame, partOf, type Part } from './plot-frame.ts';
import { formatMeasure, formatTick, labelMeasure, nameMeasure } from './measures.ts';
import { drawSeriesKey, seriesColour } from './legend.ts';
import { extentOf, roundTicks, shareOf, valueAt, type Extent } from './axis-scale.ts';
import { formatValue, ROW_STATE, variedAxes, type SweepTable } from './results-table.ts';

export interface FigureObjective {
  readonly metric: string;
  readonly goal: 'min' | 'max';
}

export interface ParetoPlot {
  readonly table: SweepTable;
  /** The first two are the axes of the figure. */
  readonly objectives: readonly FigureObjective[];
  /** Rows of the front. */
  readonly front: readonly number[];
}

const WIDTH_PX = 760;
const HEIGHT_PX = 440;
const LOG_RATIO = 20;
const PAD_SHARE = 0.03;
const MAX_NAMED = 10;
const BINS = { x: 110, y: 70 };
const LIST_LINE_PX = 19;
const OUT_COLOUR = '#aab2ba';

interface Dot {
  readonly x: number;
  readonly y: number;
  readonly points: number;
  readonly board: number;
  /** Of rows that nobody could take; they lie below the others. */
  readonly isOut: boolean;
}

interface Place {
  readonly x: Extent;
  readonly y: Extent;
}

/** One dot for the rows of a board that lie in one cell of a fine grid, where the first of them lies. */
function binDots({ table, objectives }: ParetoPlot, place: Place): Dot[] {
  const xs = table.measures[objectives[0].metric];
  const ys = table.measures[objectives[1].metric];
  const boards = table.axes.find(({ name }) => name === 'board')?.codes;
  const dots = new Map<number, Dot>();
  for (let row = 0; row < table.rows; row++) {
    const [x, y, board] = [xs[row], ys[row], boards?.[row] ?? 0];
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    const xBin = Math.floor(shareOf(x, place.x) * (BINS.x - 1));
    const yBin = Math.floor(shareOf(y, place.y) * (BINS.y - 1));
    const isOut = table.states[row] !== ROW_STATE.fine;
    const key = ((board * 2 + Number(isOut)) * BINS.y + yBin) * BINS.x + xBin;
    const known = dots.get(key);
    dots.set(key, known ? { ...known, points: known.points + 1 } : { x, y, board, isOut, points: 1 });
  }
  return [...dots.values()].sort((a, b) => Number(b.isOut) - Number(a.isOut));
}

/** At most so many of a list, its ends among them, evenly spread. */
function spread<T>(list: readonly T[], most: number): T[] {
  if (list.length <= most) return [...list];
  return Array.from(
    { length: most },
    (_, index) => list[Math.round((index * (list.length - 1)) / (most - 1))],
  );
}

function scaleOptions(extent: Extent) {
  const { least, most, isLog } = extent;
  const domain =
    least === most ? [least - 1, most + 1] : [valueAt(-PAD_SHARE, extent), valueAt(1 + PAD_SHARE, extent)];
  return { type: isLog ? 'log' : 'linear', domain, axis: null } as const;
}

// Named by `text`, since the tick format of a logarithmic scale leaves some out.
const TICKS = { text: formatTick, label: null, tickSize: 4 } as const;

function goalName({ metric, goal }: FigureObjective, { isLog }: Extent): string {
  const better = goal === 'min' ? 'less is better' : 'more is better';
  return `${labelMeasure(metric)} (${better}${isLog ? '; logarithmic' : ''})`;
}

interface FrontPoint {
  readonly row: number;
  readonly x: number;
  readonly y: number;
  readonly board: number;
  /** Other rows with the same figures. */
  readonly equal: number;
  readonly number?: number;
}

/** The points of the front from left to right, those with equal figures as one; some of them numbered. */
function frontPoints({ table, objectives, front }: ParetoPlot): FrontPoint[] {
  const boards = table.axes.find(({ name }) => name === 'board')?.codes;
  const places = new Map<string, number[]>();
  for (const row of front) {
    const key = objectives.map(({ metric }) => table.measures[metric][row]).join(' ');
    places.set(key, [...(places.get(key) ?? []), row]);
  }
  const [xs, ys] = [table.measures[objectives[0].metric], table.measures[objectives[1].metric]];
  const points = [...places.values()]
    .map(([row = 0, ...equal]) => ({
      ...{ row, x: xs[row], y: ys[row], board: boards?.[row] ?? 0, equal: equal.length },
    }))
    .sort((a, b) => a.x - b.x || a.y - b.y);
  const numbers = new Map(spread(points, MAX_NAMED).map(({ row }, index) => [row, index + 1]));
  return points.map((point) => {
    const number = numbers.get(point.row);
    return number === undefined ? point : { ...point, number };
  });
}

function frontMarks(points: readonly FrontPoint[], { objectives }: ParetoPlot): Plot.Markish[] {
  const [first] = objectives;
  const curve = first.goal === 'min' ? 'step-after' : 'step-before';
  const named = points.filter(({ number }) => number !== undefined);
  return [
    ...(objectives.length === 2 ? [Plot.line(points, { x: 'x', y: 'y', curve, strokeWidth: 1.5 })] : []),
    Plot.dot(points, {
      x: 'x',
      y: 'y',
      r: 4,
      fill: ({ board }: FrontPoint) => seriesColour(board),
      stroke: 'currentColor',
      strokeWidth: 1.25,
    }),
    Plot.text(named, {
      x: 'x',
      y: 'y',
      text: ({ number }: FrontPoint) => String(number),
      dx: -9,
      dy: 9,
      fontWeight: 600,
      stroke: '#ffffff',
      strokeWidth: 3,
      fill: 'currentColor',
    }),
  ];
}

function drawScatter(
  plot: ParetoPlot,
  dots: readonly Dot[],
  points: readonly FrontPoint[],
  place: Place,
): Part {
  const [first, second] = plot.objectives;
  const most = Math.max(...dots.map((dot) => dot.points), 1);
  return partOf(
    Plot.plot({
      document: createDocument(),
      className: 'figure',
      width: WIDTH_PX,
      height: HEIGHT_PX,
      marginTop: 36,
      marginRight: 24,
      marginBottom: 48,
      marginLeft: 76,
      style: { fontSize: '12px' },
      x: scaleOptions(place.x),
      y: scaleOptions(place.y),
      marks: [
        Plot.axisX(roundTicks(place.x), TICKS),
        Plot.axisY(roundTicks(place.y), TICKS),
        Plot.gridX(roundTicks(place.x), { strokeOpacity: 0.1 }),
        Plot.gridY(roundTicks(place.y), { strokeOpacity: 0.1 }),
        Plot.dot(dots, {
          x: 'x',
          y: 'y',
          r: 2.2,
          fill: ({ board, isOut }: Dot) => (isOut ? OUT_COLOUR : seriesColour(board)),
          fillOpacity: (dot: Dot) => 0.3 + (0.5 * Math.log(dot.points)) / Math.log(most + 1),
        }),
        ...frontMarks(points, plot),
        Plot.text([goalName(first, place.x)], { frameAnchor: 'bottom', dy: 42 }),
        Plot.text([goalName(second, place.y)], { frameAnchor: 'top-left', dx: -60, dy: -24 }),
      ],
    }),
  );
}

/** The values of the axes that vary, the board first. */
function describeRow({ axes, ...table }: SweepTable, row: number): string {
  const varied = variedAxes({ axes, ...table });
  const words = varied.map(({ name, values, codes }) => ({ name, text: formatValue(values[codes[row]]) }));
  const board = words.filter(({ name }) => name === 'board').map(({ text }) => text);
  const others = words.filter(({ name }) => name !== 'board').map(({ name, text }) => `${name} ${text}`);
  return [...board, ...others].join(', ');
}

/** What the numbered points are. */
function drawList(plot: ParetoPlot, points: readonly FrontPoint[]): Part {
  const named = points.filter(({ number }) => number !== undefined);
  const lines = named.map(({ number, row, equal }) => {
    const more = equal > 0 ? `; ${formatCount(equal)} more alike` : '';
    const values = plot.objectives.map(({ metric }) => {
      const value = plot.table.measures[metric][row];
      const text = plot.objectives.length > 2 ? formatTick(value) : formatMeasure(value, metric);
      return `${nameMeasure(metric)} ${text}`;
    });
    return { number: String(number), text: `${describeRow(plot.table, row)}: ${values.join(', ')}${more}` };
  });
  const heightPx = LIST_LINE_PX * lines.length + 12;
  return partOf(
    Plot.plot({
      document: createDocument(),
      className: 'figure',
      width: WIDTH_PX,
      height: heightPx,
      margin: 0,
      style: { fontSize: '12px' },
      x: { type: 'identity', axis: null },
      y: { type: 'identity', axis: null },
      marks: [
        Plot.text(lines, {
          x: () => 44,
          y: (_: object, index: number) => 8 + index * LIST_LINE_PX,
          text: 'number',
          textAnchor: 'end',
          fontWeight: 600,
        }),
        Plot.text(lines, {
          x: () => 54,
          y: (_: object, index: number) => 8 + index * LIST_LINE_PX,
          text: 'text',
          textAnchor: 'start',
        }),
      ],
    }),
  );
}

function captionOf({ table, objectives, front }: ParetoPlot, dots: readonly Dot[]): string {
  const most = Math.max(...dots.map(({ points }) => points), 1);
  const goals = objectives.map(({ metric }) => nameMeasure(metric)).join(' and ');
  const keys = {
    unfit: table.states.includes(ROW_STATE.unfit),
    unmet: table.states.includes(ROW_STATE.unmet),
  };
  return [
    `${formatCount(table.rows)} design points.`,
    ...(most > 1 ? [`A dot is up to ${formatCount(most)} points that lie close together.`] : []),
    front.length > 0
      ? `Outlined: the ${formatCount(front.length)} points of the front, which no other point beats in ${goals} at once.`
      : 'No point is left for a front.',
    ...(keys.unfit || keys.unmet ? [`Grey: what ${nameOut(keys)}.`] : []),
    ...(objectives.length > 2 ? ['The front has more dimensions than the figure shows.'] : []),
  ].join(' ');
}

/** The front of a sweep and what lies behind it, in two objectives: a self-contained SVG; ten points of it are named. */
export function drawParetoFigure(plot: ParetoPlot): string {
  const [first, second] = plot.objectives;
  const place = {
    x: extentOf(plot.table.measures[first.metric], LOG_RATIO),
    y: extentOf(plot.table.measures[second.metric], LOG_RATIO),
  };
  const dots = binDots(plot, place);
  const points = frontPoints(plot);
  const boards = plot.table.axes.find(({ name }) => name === 'board')?.values.map(String) ?? [];
  return drawFrame({
    title: `Pareto front: ${nameMeasure(first.metric)} against ${nameMeasure(second.metric)}`,
    caption: captionOf(plot, dots),
    widthPx: WIDTH_PX,
    parts: [drawSeriesKey(boards, WIDTH_PX), drawScatter(plot, dots, points, place), drawList(plot, points)],
  });
}
