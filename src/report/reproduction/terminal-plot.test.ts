import { describe, expect, test } from 'vitest';
import { formatTerminalPlot } from './terminal-plot.ts';

/** Row, from the title down, and column of each mark. */
function marksIn(plot: string, mark: string): [row: number, column: number][] {
  return plot
    .split('\n')
    .slice(1, -1)
    .flatMap((line, row) =>
      [...line].flatMap((sign, column): [number, number][] => (sign === mark ? [[row, column]] : [])),
    );
}

describe('a chart in the terminal', () => {
  // 14 steps from 0 to the largest value, so that a step is 1.
  const plot = formatTerminalPlot('Latency', [
    { label: 'a', predicted: [0, 14, 7], measured: [0, 14, 7.4] },
    { label: 'b', predicted: [0, 0, 0], measured: [3, 2.6] },
  ]);

  test('says what its lines and marks are', () => {
    expect(plot.split('\n')[0]).toBe('Latency (lines predicted, o a measured, x b measured)');
  });

  test('marks each measurement at its height, to the nearest step, six columns apart', () => {
    const marks = marksIn(plot, 'o').sort(([, a], [, b]) => a - b);
    expect(marks.map(([row]) => row)).toEqual([14, 0, 7]);
    const [[, first]] = marks as [[number, number]];
    expect(marks.map(([, column]) => column - first)).toEqual([0, 6, 12]);
    const others = marksIn(plot, 'x').sort(([, a], [, b]) => a - b);
    // 2.6 is nearest to 3.
    expect(others).toEqual([
      [11, first],
      [11, first + 6],
    ]);
  });

  test('counts filters below the marks', () => {
    const ticks = plot.split('\n').at(-1)!;
    const [[, first]] = marksIn(plot, 'o').sort(([, a], [, b]) => a - b) as [[number, number]];
    expect(ticks).toBe(`${' '.repeat(first)}1     2     3 filters`);
  });

  test('is 15 lines high, from the largest value to 0', () => {
    const lines = plot.split('\n').slice(1, -1);
    expect(lines).toHaveLength(15);
    expect([lines[0], lines.at(-1)].map((line) => Number.parseFloat(line!))).toEqual([14, 0]);
  });
});

test('a line is straight between two values', () => {
  // From 0 at the first column to 12 of 14 at the seventh: a mark two steps higher each column.
  const plot = formatTerminalPlot('t', [{ label: 'a', predicted: [0, 12, 14], measured: [] }]);
  const lines = plot.split('\n').slice(1, -1);
  const axis = lines[0].search(/[┤┼]/);
  const highest = (column: number) =>
    lines.findIndex((line) => ![undefined, ' '].includes(line[axis + 1 + column]));
  expect([1, 2, 3, 4, 5].map(highest)).toEqual([12, 10, 8, 6, 4].map((row) => row - 2));
});
