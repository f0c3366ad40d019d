import { drawFigure, type Curve } from '../figure.ts';
import { seriesColour } from './legend.ts';
import { roundTicks } from './axis-scale.ts';

/** Lines over any quantity, each with its points in the order in which they are joined. */
export interface LinePlot {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly series: readonly {
    readonly label: string;
    readonly points: readonly { readonly x: number; readonly y: number }[];
  }[];
}

const HEADROOM = 1.04;
const MAX_TICKS = 12;

/** Each value where there are few of them, else round numbers across their range. */
function ticksOf(values: readonly number[]): number[] {
  const distinct = [...new Set(values)].sort((a, b) => a - b);
  if (distinct.length <= MAX_TICKS) return distinct;
  const ticks = roundTicks({ least: distinct[0], most: distinct.at(-1)!, isLog: false });
  return ticks.map((tick) => Number(tick.toPrecision(12)));
}

/** A line plot as a self-contained SVG, ordinates from 0 up. At most eight lines differ in colour. */
export function drawLinePlot({ title, x, y, series }: LinePlot): string {
  const points = series.flatMap((line) => line.points);
  const curves: Curve[] = series.map(({ label, points: pairs }, at) => ({
    label,
    colour: seriesColour(at),
    predicted: pairs.map((pair) => ({ filters: pair.x, value: pair.y })),
  }));
  return drawFigure({
    title,
    key: '',
    xLabel: x,
    yLabel: y,
    curves,
    filters: ticksOf(points.map((point) => point.x)),
    maxValue: HEADROOM * Math.max(...points.map((point) => point.y)) || 1,
  });
}
