import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { drawLineFigure } from './crossover-figure.ts';
import { drawHeatMap } from './heat-map.ts';
import { drawParetoFigure } from './pareto-figure.ts';
import { groupCells } from './cells.ts';
import { extentOf, roundTicks } from './axis-scale.ts';
import { binAxis, type SweepTable } from './results-table.ts';

/** Every combination of the axes; the latency is the product of what is at each position plus one. */
function grid(
  axes: Record<string, readonly (number | string)[]>,
  states?: (row: number) => number,
): SweepTable {
  const entries = Object.entries(axes);
  const rows = entries.reduce((product, [, values]) => product * values.length, 1);
  const codes = entries.map(() => new Uint32Array(rows));
  for (let row = 0; row < rows; row++) {
    for (let axis = entries.length - 1, rest = row; axis >= 0; axis--) {
      const { length } = entries[axis][1];
      codes[axis][row] = rest % length;
      rest = Math.floor(rest / length);
    }
  }
  const stateOf = Uint8Array.from({ length: rows }, (_, row) => states?.(row) ?? 0);
  const latencyMs = Float64Array.from({ length: rows }, (_, row) =>
    stateOf[row] === 2 ? Number.NaN : codes.reduce((product, column) => product * (column[row] + 1), 1),
  );
  return {
    rows,
    axes: entries.map(([name, values], at) => ({ name, values, codes: codes[at] })),
    measures: { latencyMs, flashBytes: latencyMs.map((ms) => 1000 / ms) },
    states: stateOf,
  };
}

const range = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const axisOf = ({ axes }: SweepTable, name: string) => axes.find((axis) => axis.name === name)!;

function read(svg: string) {
  const { document } = parseHTML(svg);
  const texts = [...document.querySelectorAll('text')].map(({ textContent }) => textContent);
  const count = (selector: string) => document.querySelectorAll(selector).length;
  return { texts, count, svg };
}

function mapOf(table: SweepTable): string {
  const [x, y] = [axisOf(table, 'filters'), axisOf(table, 'kernel')];
  return drawHeatMap(table, 'latencyMs', { x, y, columns: axisOf(table, 'board') });
}

describe('a heat map', () => {
  const boards = ['board-a', 'board-b'];

  test('names its panels, axes and colours, and writes the value into tiles with room', () => {
    const { texts } = read(mapOf(grid({ filters: range(4), kernel: [1, 3], board: boards })));
    expect(texts).toEqual(expect.arrayContaining([...boards, 'filters', 'kernel', '16.0']));
    expect(texts).toContain('latency in ms, logarithmic scale');
    expect(texts.join(' ')).toContain('16 design points. Each tile is one of them.');
    expect(texts.join(' ')).not.toContain('Neighbouring');
  });

  test('says what the patterns mean, where there are any', () => {
    const axes = { filters: range(4), kernel: [1, 3], board: boards };
    const keys = ['does not fit into the memory', 'the board refuses it'];
    const plain = read(mapOf(grid(axes))).texts;
    const marked = read(mapOf(grid(axes, (row) => row % 3))).texts;
    expect(keys.map((key) => [plain.includes(key), marked.includes(key)])).toEqual([
      [false, true],
      [false, true],
    ]);
  });

  test('shows the ramp of its colours between its name and its values, without gaps', () => {
    const { document } = parseHTML(mapOf(grid({ filters: range(4), kernel: [1, 3], board: boards })));
    const legend = [...document.querySelectorAll('text')].find((text) => text.textContent.includes('scale'))!;
    const ramp = [...legend.closest('svg')!.querySelectorAll('rect')].filter(
      (rect) => rect.getAttribute('y') === '20',
    );
    const of = (rect: Element, name: string) => Number(rect.getAttribute(name));
    expect(new Set(ramp.map((rect) => of(rect, 'height')))).toEqual(new Set([14]));
    const ends = ramp.map((rect) => of(rect, 'x') + of(rect, 'width'));
    expect(ramp.slice(1).every((rect, index) => of(rect, 'x') < ends[index]!)).toBe(true);
  });

  test('names its only board', () => {
    const table = grid({ filters: range(4), kernel: [1, 3], board: ['board-a'] });
    expect(read(mapOf(table)).texts).toContain('Latency in ms over filters and kernel on board-a');
  });

  test('cuts a name that is longer than its panel', () => {
    const long = Array.from({ length: 6 }, (_, at) => `board-${at}-with-a-name-that-has-no-end`);
    const { texts } = read(mapOf(grid({ filters: range(4), kernel: [1, 3], board: long })));
    expect(texts.filter((text) => /^board-\d-.*…$/.test(text))).toHaveLength(6);
  });

  test('leaves a line between tiles with room, and none between small ones, whose edges are sharp', () => {
    const sharp = [4, 60].map((filters) => {
      const svg = mapOf(grid({ filters: range(filters), kernel: range(40), board: ['board-a'] }));
      return /shape-rendering="crispEdges"/.test(svg);
    });
    const large = mapOf(grid({ filters: range(4), kernel: range(3), board: ['board-a'] }));
    expect([...sharp, /shape-rendering="crispEdges"/.test(large)]).toEqual([true, true, false]);
  });

  test('of a hundred thousand points has few marks, and says what a tile stands for', () => {
    const { texts, count } = read(mapOf(grid({ filters: range(1000), kernel: range(50), board: boards })));
    expect(count('rect')).toBeLessThan(2 * 64 * 64 + 200);
    expect(texts.join(' ')).toContain('A tile is the median of up to 16 points');
    expect(texts.join(' ')).toContain('Neighbouring values of filters share a tile.');
  });
});

test('a cell tells the median, the least and the greatest of its rows, and leaves failures out', () => {
  const table = grid({ filters: [1], kernel: [1, 3, 5, 7] }, (row) => (row === 3 ? 2 : 0));
  expect(groupCells(table, 'latencyMs', [binAxis(table.axes[0], 9)])).toEqual([
    { at: [0], points: 4, failed: 1, unfit: 0, unmet: 0, median: 2, least: 1, most: 3 },
  ]);
});

test('bins keep the order, name their ends and lie at the mean of their values', () => {
  const axis = { name: 'filters', values: [1, 2, 3, 4, 50], codes: [4, 0, 1, 2] };
  expect(binAxis(axis, 3)).toEqual({
    name: 'filters',
    labels: ['1 to 2', '3 to 4', '50'],
    positions: [1.5, 3.5, 50],
    codes: Uint32Array.from([2, 0, 0, 1]),
    isBinned: true,
  });
});

test.each([
  [
    [0.174, 2071],
    [0.174, 1, 10, 100, 2071],
  ],
  [
    [1, 40],
    [1, 2, 5, 10, 20, 40],
  ],
  [[5, 5], [5]],
])('a logarithmic scale of %j is named at %j', (values, ticks) => {
  expect(roundTicks(extentOf(values, 1))).toEqual(ticks);
});

test('a linear scale is named at round values', () => {
  expect(roundTicks({ least: 0, most: 1.95, isLog: false })).toEqual([0, 0.5, 1, 1.5]);
});

describe('a figure of lines', () => {
  const table = grid({ filters: range(10), kernel: [1, 3], board: ['board-a', 'board-b'] });
  const figure = {
    table,
    measure: 'latencyMs',
    x: axisOf(table, 'filters'),
    series: axisOf(table, 'board'),
    panels: { columns: axisOf(table, 'kernel') },
  };
  const marks = [{ fixed: { kernel: 3 }, before: 4, from: 5, leader: 'board-b' }];

  test('marks a crossover in its panel, in the colour of the faster board', () => {
    const { texts, svg } = read(drawLineFigure({ ...figure, marks }));
    expect(texts).toEqual(expect.arrayContaining(['kernel 1', 'kernel 3', 'board-a', 'board-b', 'from 5']));
    expect(svg.match(/stroke-dasharray="4 3"/g)).toHaveLength(1);
  });

  test.each([
    ['fits', 0, undefined],
    ['does not fit', 1, 'Dotted: what does not fit into the memory.'],
    ['does not meet what is asked for', 3, 'Dotted: what does not meet the constraint.'],
  ])('is dotted where a design %s', (_, state, sentence) => {
    const states = grid({ filters: range(10), kernel: [1], board: ['board-a'] }, (row) =>
      row > 6 ? state : 0,
    );
    const x = axisOf(states, 'filters');
    const { texts, svg } = read(
      drawLineFigure({ ...figure, table: states, x, series: axisOf(states, 'board'), panels: {} }),
    );
    expect(svg.includes('stroke-dasharray="1.5 4"')).toBe(sentence !== undefined);
    if (sentence) expect(texts.join(' ')).toContain(sentence);
  });

  test('has no crossovers where it shows medians', () => {
    const { texts } = read(drawLineFigure({ ...figure, panels: {}, marks }));
    expect(texts).not.toContain('from 5');
    expect(texts.join(' ')).toContain('A line is the median of up to 2 points over kernel (2)');
  });
});

describe('a Pareto figure', () => {
  const objectives = [
    { metric: 'latencyMs', goal: 'min' },
    { metric: 'flashBytes', goal: 'min' },
  ] as const;

  test('outlines the front, numbers ten of it and says what they are', () => {
    const table = grid({ filters: range(30), board: ['board-a'] });
    const { texts, svg } = read(drawParetoFigure({ table, objectives, front: range(30).map((n) => n - 1) }));
    expect(svg.match(/stroke-width="1.25"/g)?.length).toBeGreaterThan(0);
    expect(texts).toEqual(
      expect.arrayContaining(['1', '10', 'filters 30: latency 30 ms, flash 33.33 bytes']),
    );
  });

  test('is grey where designs cannot be taken, and says so where there is no front', () => {
    const table = grid({ filters: range(30), board: ['board-a'] }, (row) => (row % 2 ? 1 : 3));
    const { texts, svg } = read(drawParetoFigure({ table, objectives, front: [] }));
    expect(texts.join(' ')).toContain(
      'No point is left for a front. Grey: what does not fit or meet the constraint.',
    );
    expect(svg).toContain('#aab2ba');
  });

  test('of a hundred thousand points has a dot for those that lie close together', () => {
    const table = grid({ filters: range(50_000), board: ['board-a', 'board-b'] });
    const { count, texts } = read(drawParetoFigure({ table, objectives, front: [0] }));
    expect(count('circle')).toBeLessThan(2 * 110 * 70);
    expect(texts.join(' ')).toMatch(/A dot is up to [\d,]+ points/);
  });
});

test('the same sweep gives the same figure, byte for byte', () => {
  const table = grid({ filters: range(4), kernel: [1, 3], board: ['board-a', 'board-b'] });
  expect(mapOf(table)).toBe(mapOf(table));
});
