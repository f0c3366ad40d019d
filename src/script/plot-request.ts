import { asKnownRecord, asList, asNumber, asText } from './arguments.ts';
import { ScriptError } from './script-error.ts';
import type { LuaValue } from './values.ts';

export interface PlotPoint {
  readonly x: number;
  readonly y: number;
}

export interface PlotSeries {
  readonly label: string;
  readonly points: readonly PlotPoint[];
}

/** A plot of lines: what `plot{...}` asks for, checked. */
export interface PlotRequest {
  readonly series: readonly PlotSeries[];
  readonly title: string;
  readonly x: string;
  readonly y: string;
}

const FIELDS = ['series', 'title', 'x', 'y', 'file'];
const MAX_SERIES = 8;
const MAX_POINTS = 10_000;

function readPoint(value: LuaValue, place: string): PlotPoint {
  const [x, y, ...rest] = asList(value, place);
  if (rest.length > 0) throw new ScriptError(`${place} must be {x, y}, got ${rest.length + 2} values`);
  const point = { x: asNumber(x, `${place}: x`), y: asNumber(y, `${place}: y`) };
  if (point.y >= 0) return point;
  throw new ScriptError(`${place}: y must be 0 or more, got ${point.y}`);
}

function readSeries(value: LuaValue, place: string): PlotSeries {
  const { label, points } = asKnownRecord(value, place, ['label', 'points']);
  const list = asList(points, `${place}.points`);
  if (list.length === 0) throw new ScriptError(`${place}.points is empty; give it {x, y} pairs`);
  if (list.length > MAX_POINTS)
    throw new ScriptError(`${place}.points has more than ${MAX_POINTS} pairs; take fewer`);
  return {
    label: asText(label, `${place}.label`),
    points: list.map((point, at) => readPoint(point, `${place}.points[${at + 1}]`)),
  };
}

/** Checks the argument of `plot`. Throws a ScriptError of one line that names the field. */
export function readPlotRequest(value: LuaValue): PlotRequest & { readonly file: string } {
  const {
    series,
    title = 'plot',
    x = 'x',
    y = 'y',
    file = 'plot.svg',
  } = asKnownRecord(value, 'plot', FIELDS);
  const list = asList(series, 'plot: series');
  if (list.length === 0 || list.length > MAX_SERIES)
    throw new ScriptError(`plot: series has ${list.length} lines; give it 1 to ${MAX_SERIES}`);
  return {
    series: list.map((one, at) => readSeries(one, `plot: series[${at + 1}]`)),
    title: asText(title, 'plot: title'),
    x: asText(x, 'plot: x'),
    y: asText(y, 'plot: y'),
    file: asText(file, 'plot: file'),
  };
}
