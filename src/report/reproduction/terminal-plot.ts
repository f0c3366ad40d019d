import asciichart from 'asciichart';

export interface TerminalSeries {
  readonly label: string;
  /** One value for each x, from the first x on in steps of one. */
  readonly predicted: readonly number[];
  readonly measured: readonly number[];
}

const HEIGHT = 14;
const COLUMNS_PER_POINT = 6;
const MARKS = ['o', 'x', '+', '*'];

function widen(values: readonly number[]): number[] {
  const count = (values.length - 1) * COLUMNS_PER_POINT + 1;
  return Array.from({ length: count }, (_, column) => {
    const left = Math.floor(column / COLUMNS_PER_POINT);
    const share = (column % COLUMNS_PER_POINT) / COLUMNS_PER_POINT;
    return values[left] * (1 - share) + (values[left + 1] ?? values[left]) * share;
  });
}

function overlay(lines: string[][], series: TerminalSeries, mark: string, axis: number, max: number): void {
  const ratio = HEIGHT / max;
  series.measured.forEach((value, index) => {
    const row = HEIGHT - Math.round(value * ratio);
    const line = lines[row];
    if (line) line[axis + 1 + index * COLUMNS_PER_POINT] = mark;
  });
}

/** A chart of lines (predicted) and marks (measured) in plain characters; x counts from 1. */
export function formatTerminalPlot(title: string, series: readonly TerminalSeries[]): string {
  const max = Math.max(...series.flatMap(({ predicted, measured }) => [...predicted, ...measured]));
  const chart = asciichart.plot(
    series.map(({ predicted }) => widen(predicted)),
    { height: HEIGHT, min: 0, max },
  );
  const lines = chart.split('\n').map((line) => [...line]);
  const axis = lines[0].findIndex((character) => character === '┤' || character === '┼');
  series.forEach((one, index) => overlay(lines, one, MARKS[index % MARKS.length], axis, max));
  const points = series[0]?.predicted.length ?? 0;
  const ticks = Array.from({ length: points }, (_, index) => `${index + 1}`.padEnd(COLUMNS_PER_POINT)).join(
    '',
  );
  const key = series.map(({ label }, index) => `${MARKS[index % MARKS.length]} ${label} measured`).join(', ');
  return [
    `${title} (lines predicted, ${key})`,
    ...lines.map((line) => line.join('').trimEnd()),
    `${' '.repeat(axis + 1)}${ticks.trimEnd()} filters`,
  ].join('\n');
}
