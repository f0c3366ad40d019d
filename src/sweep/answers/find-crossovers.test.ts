import { describe, expect, test } from 'vitest';
import { BOARDS } from '../../boards/index.ts';
import { withConstants } from '../../boards/board/constant-paths.ts';
import { modelFromSpec } from '../../files/load-model.ts';
import { predict } from '../../simulate/predict.ts';
import { designSpace, type DesignRequest } from '../study/design-space.ts';
import { createEvaluator } from '../evaluate/evaluator.ts';
import { findCrossovers } from './find-crossovers.ts';
import { compareBoards } from './compare-boards.ts';
import { countPoints, type DesignSpace } from '../study/space.ts';
import { specTemplate } from '../study/template.ts';

const [A, B] = BOARDS.map(({ id }) => id) as [string, string];
const PAIR = [A, B] as const;
const FILTERS = Array.from({ length: 24 }, (_, at) => at + 1);

function studyOf(axes: DesignRequest['axes'], boards: readonly string[] = PAIR): DesignSpace {
  const model = specTemplate('paper:{filters},k={kernel},size={side}');
  return designSpace({ model, axes: [...axes, { name: 'board', values: boards }] });
}

const space = studyOf([
  { name: 'filters', values: FILTERS },
  { name: 'kernel', values: [1, 3, 5] },
  { name: 'side', values: [8, 14, 20] },
]);
const results = createEvaluator(space, BOARDS).evaluate(0, countPoints(space));

/** Latency of one point, predicted for it alone. */
function latencyMs(board: string, filters: number, kernel: number, side: number): number {
  const graph = modelFromSpec(`paper:${filters},k=${kernel},size=${side}`)!;
  return predict(
    graph,
    BOARDS.find(({ id }) => id === board)!,
  ).latencyMs.value;
}

describe('crossovers agree with a search by brute force', () => {
  const comparisons = compareBoards(space, results, { axis: 'filters', boards: [A, B] });
  const grid = [1, 3, 5].flatMap((kernel) => [8, 14, 20].map((side) => [kernel, side] as const));

  test.each(grid)('kernel %i, size %i', (kernel, side) => {
    const leads = FILTERS.map((filters) =>
      latencyMs(A, filters, kernel, side) < latencyMs(B, filters, kernel, side) ? A : B,
    );
    const changes = FILTERS.slice(1).flatMap((filters, at) =>
      leads[at] === leads[at + 1]
        ? []
        : [{ before: filters - 1, after: filters, from: leads[at], to: leads[at + 1] }],
    );
    const comparison = comparisons.find(({ fixed }) => fixed.kernel === kernel && fixed.side === side)!;
    expect(comparison).toMatchObject({
      axis: 'filters',
      leader: leads[0],
      compared: 24,
      crossovers: changes,
    });
    expect(comparison.crossovers.length).toBe(changes.length);
  });

  test('there is one to find: it is not all the same board', () => {
    expect(comparisons.flatMap(({ crossovers }) => crossovers).length).toBeGreaterThan(0);
  });
});

test('along another axis, and in any order of its values', () => {
  const mixed = studyOf([
    { name: 'filters', values: [9, 2] },
    { name: 'kernel', values: [3] },
    { name: 'side', values: [20, 6, 14, 10] },
  ]);
  const rows = createEvaluator(mixed, BOARDS).evaluate(0, countPoints(mixed));
  for (const comparison of compareBoards(mixed, rows, { axis: 'side', boards: [A, B] })) {
    const leads = [6, 10, 14, 20].map((side) => {
      const filters = comparison.fixed.filters as number;
      return latencyMs(A, filters, 3, side) < latencyMs(B, filters, 3, side) ? A : B;
    });
    expect(comparison.crossovers.map(({ to }) => to)).toEqual(
      leads.filter((lead, at) => at > 0 && lead !== leads[at - 1]),
    );
  }
});

describe('the uncertainty and the reason of a crossover', () => {
  const { crossovers } = findCrossovers(space, BOARDS, results, { axis: 'filters', boards: [A, B] });

  test('the interval is that of both predictions at that point', () => {
    for (const { fixed, after, intervalMs } of crossovers.slice(0, 3)) {
      const spec = `paper:${after},k=${fixed.kernel},size=${fixed.side}`;
      for (const board of BOARDS) {
        const { low, high } = predict(modelFromSpec(spec)!, board).latencyMs;
        expect(intervalMs![board.id]).toEqual({ low, high });
      }
    }
  });

  test('undecided are the values around it at which the intervals overlap', () => {
    const overlaps = (filters: number, fixed: Record<string, unknown>) => {
      const spec = `paper:${filters},k=${String(fixed.kernel)},size=${String(fixed.side)}`;
      const [a, b] = BOARDS.map((board) => predict(modelFromSpec(spec)!, board).latencyMs);
      return a.low <= b.high && b.low <= a.high;
    };
    for (const { fixed, after, undecided } of crossovers.slice(0, 4)) {
      expect(undecided !== undefined).toBe(overlaps(after as number, fixed));
      if (!undecided) continue;
      const { from, to } = undecided as { from: number; to: number };
      for (let filters = from; filters <= to; filters++) expect(overlaps(filters, fixed)).toBe(true);
      for (const filters of [from - 1, to + 1].filter((value) => FILTERS.includes(value)))
        expect(overlaps(filters, fixed)).toBe(false);
    }
  });

  test('the causes favour the new leader, the largest first, and the reason names it', () => {
    for (const { causes, from, reason } of crossovers) {
      const favours = causes!.map(({ board, growthMs }) => (board === from ? growthMs : -growthMs));
      expect(favours.every((growth) => growth > 0)).toBe(true);
      expect(favours).toEqual([...favours].sort((a, b) => b - a));
      expect(reason).toContain(causes![0].op);
    }
  });

  test('only so many are explained as are asked for', () => {
    const few = findCrossovers(space, BOARDS, results, { axis: 'filters', boards: [A, B], explained: 1 });
    expect(few.crossovers.map(({ reason }) => reason !== undefined)).toEqual(
      crossovers.map((_, at) => at === 0),
    );
  });
});

test('a counterpart that is as fast never overtakes', () => {
  const counterpart = { ...BOARDS[0], id: 'counterpart' };
  const pair = studyOf(
    [
      { name: 'filters', values: FILTERS },
      { name: 'kernel', values: [3] },
      { name: 'side', values: [14] },
    ],
    [A, 'counterpart'],
  );
  const rows = createEvaluator(pair, [...BOARDS, counterpart]).evaluate(0, countPoints(pair));
  expect(compareBoards(pair, rows, { boards: [A, 'counterpart'] })).toEqual([
    {
      ...{ fixed: { kernel: 3, side: 14 }, axis: 'filters', boards: [A, 'counterpart'], crossovers: [] },
      ...{ compared: 24, ends: [1, 24], values: 24 },
    },
  ]);
});

test('a board that is faster throughout leads and is never overtaken', () => {
  const clocks = new Map(BOARDS[0].clocks.map(({ id, hz }) => [`clocks.${id}.hz`, 2 * hz.value]));
  const fast = { ...withConstants(BOARDS[0], clocks), id: 'fast' };
  const pair = studyOf(
    [
      { name: 'filters', values: FILTERS },
      { name: 'kernel', values: [3] },
      { name: 'side', values: [14] },
    ],
    [A, 'fast'],
  );
  const rows = createEvaluator(pair, [...BOARDS, fast]).evaluate(0, countPoints(pair));
  expect(compareBoards(pair, rows, { boards: [A, 'fast'] })[0]).toMatchObject({
    leader: 'fast',
    crossovers: [],
  });
});

test.each([
  [
    { axis: 'width', boards: [A, B] },
    /^crossover: no axis "width" to go along; choose from filters, kernel, side$/,
  ],
  [{ axis: 'board', boards: [A, B] }, /^crossover: no axis "board"/],
  [
    { boards: [A, 'nowhere'] },
    /^crossover: "nowhere" is no second board of the study; choose two of [^\n]+$/,
  ],
  [{ boards: [A, A] }, /^crossover: [^\n]+$/],
] as const)('%o is one clear line', (options, message) => {
  expect(() => compareBoards(space, results, options)).toThrow(message);
});
