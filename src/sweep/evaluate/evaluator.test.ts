import { describe, expect, test } from 'vitest';
import { BOARDS } from '../../boards/index.ts';
import { seededIntegers } from '../../seeded-random.ts';
import { modelFromSpec } from '../../files/load-model.ts';
import { predict, withClocks } from '../../simulate/predict.ts';
import { columnOf, valueAt, type ResultColumns } from '../study/batch.ts';
import { clockHzOn, parseClock } from '../study/clock-axis.ts';
import { designSpace, type DesignRequest } from '../study/design-space.ts';
import { deployOptions } from './designs.ts';
import { createEvaluator } from './evaluator.ts';
import { specMaker } from './design-models.ts';
import { orRefusal } from './failure-reason.ts';
import { countPoints, pointAt, type DesignPoint, type DesignSpace } from '../study/space.ts';
import { specTemplate } from '../study/template.ts';

const IDS = BOARDS.map(({ id }) => id);
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);

function spaceOf(
  model: string,
  axes: Record<string, readonly (number | string)[]>,
  more: Partial<DesignRequest> = {},
): DesignSpace {
  const all = Object.entries({ board: IDS, ...axes }).map(([name, values]) => ({ name, values }));
  return designSpace({ model: specTemplate(model), axes: all, ...more });
}

const FAMILY = spaceOf('paper:{filters},k={kernel},size={side}', {
  filters: range(1, 64),
  kernel: [1, 3, 5, 7],
  side: range(4, 40),
  dtype: ['float32', 'int8'],
  clock: ['0.25x', '0.5x', '0.77x', '1x', '1.3x'],
});

function rowOf(results: ResultColumns, row: number): Record<string, unknown> {
  return Object.fromEntries(results.columns.map((column) => [column.name, valueAt(column, row)]));
}

/** The same figures from `predict`, built and deployed for this point alone. */
function predicted(space: DesignSpace, point: DesignPoint): Record<string, unknown> {
  const outcome = orRefusal(() => {
    const board = BOARDS.find(({ id }) => id === point.board)!;
    const clocked =
      point.clock === undefined
        ? board
        : withClocks(board, clockHzOn(parseClock(String(point.clock)), board));
    const { text } = space.model as { readonly text: string };
    return predict(modelFromSpec(specMaker(text)(point))!, clocked, deployOptions(point));
  });
  if ('reason' in outcome) return { ...point, ok: false, reason: outcome.reason };
  const { latencyMs, reportedMs, memory, steps } = outcome;
  return {
    ...point,
    ok: true,
    reason: '',
    latencyMs: latencyMs.value,
    reportedMs: reportedMs.value,
    flashBytes: memory.flashBytes,
    ramBytes: memory.ramBytes,
    fits: memory.fits,
    macs: steps.reduce((sum, step) => sum + step.macs, 0),
  };
}

function drawnIndices(space: DesignSpace, count: number): number[] {
  const draw = seededIntegers(7);
  return Array.from({ length: count }, () => draw() % countPoints(space));
}

describe('a point of a sweep is a prediction', () => {
  const evaluator = createEvaluator(FAMILY, BOARDS);
  test('300 drawn points of the paper family: every figure is exactly that of predict()', () => {
    for (const index of drawnIndices(FAMILY, 300)) {
      const row = rowOf(evaluator.evaluate(index, index + 1), 0);
      expect(row).toMatchObject({ index, ...predicted(FAMILY, pointAt(FAMILY, index)) });
    }
  });

  test('a run of neighbours, which share deployments, gives the same as each point alone', () => {
    const from = 41_337;
    const results = evaluator.evaluate(from, from + 60);
    for (let row = 0; row < results.rows; row++) {
      const point = pointAt(FAMILY, from + row);
      expect(rowOf(results, row)).toMatchObject({ index: from + row, ...predicted(FAMILY, point) });
    }
  });

  test.each([
    [
      'a layer list with options of the toolchains',
      spaceOf(
        '{"input": [{side},{side},1], "layers": "conv {filters} 3x3 same relu | maxpool 2x2 | conv {filters} 3x3 same relu | flatten | dense 10"}',
        { side: [8, 16, 28], filters: [2, 9, 40], dtype: ['float32', 'int8'], floatFc: ['no', 'yes'] },
      ),
    ],
    [
      'kernel libraries, of which each board has its own, and copies by DMA',
      spaceOf('paper:{f}', {
        f: [1, 5, 6, 10],
        kernels: ['cmsis-nn', 'maixpy-0.5'],
        copyOut: ['cpu', 'dma'],
        clock: ['core=200MHz', '1x'],
      }),
    ],
    [
      'more clocks than run in lockstep at once',
      spaceOf('paper:{f}', { f: [3, 6], clock: range(1, 70).map((step) => `${step / 50}x`) }),
    ],
    [
      'a clock that one board does not have',
      spaceOf('paper:{f}', { f: [3, 6], clock: ['1x', 'kpu=100MHz'] }),
    ],
    [
      'layers whose weights stream in, and clocks at which compute overtakes the stream',
      spaceOf(
        '{"input": [8,8,64], "layers": "conv {f} 3x3 same relu | conv {f} 3x3 same relu | flatten | dense 10"}',
        { f: [64, 250], clock: ['0.5x', '1x', 'core=100MHz+kpu=400MHz', 'core=400MHz+kpu=50MHz'] },
      ),
    ],
    [
      'layers whose weights stream in, in lockstep',
      spaceOf('{"input": [8,8,64], "layers": "conv {f} 3x3 same relu | flatten | dense 10"}', {
        f: [64, 250],
        board: ['maixduino'],
        clock: ['0.5x', '1x', '2x'],
      }),
    ],
  ])('%s', (_, space) => {
    const results = createEvaluator(space, BOARDS).evaluate(0, countPoints(space));
    for (let row = 0; row < results.rows; row++) {
      expect(rowOf(results, row)).toMatchObject(predicted(space, pointAt(space, row)));
    }
  });
});

test('any cut into batches and any order gives the same rows', () => {
  const whole = createEvaluator(FAMILY, BOARDS).evaluate(5000, 5090);
  const other = createEvaluator(FAMILY, BOARDS);
  const parts = [5060, 5000, 5030].map((from) => ({ from, results: other.evaluate(from, from + 30) }));
  for (const { from, results } of parts) {
    for (let row = 0; row < 30; row++) expect(rowOf(results, row)).toEqual(rowOf(whole, from - 5000 + row));
  }
});

test('results that nobody needs any more lend their memory to the next, and leave no trace there', () => {
  const space = spaceOf(
    '{"input": [8,8,1], "layers": "conv {filters} 3x3 same | {op} | flatten | dense 2"}',
    {
      filters: range(1, 8),
      op: ['relu', 'leakyrelu'],
    },
  );
  const evaluator = createEvaluator(space, BOARDS);
  const before = evaluator.evaluate(0, 16);
  const after = evaluator.evaluate(16, 32, before);
  expect(after.columns[0].values.buffer).toBe(before.columns[0].values.buffer);
  expect(after).toEqual(createEvaluator(space, BOARDS).evaluate(16, 32));
  const fewer = evaluator.evaluate(3, 9, after);
  expect(fewer).toEqual(createEvaluator(space, BOARDS).evaluate(3, 9));
  const asMany = evaluator.evaluate(0, 16, fewer);
  expect(asMany).toEqual(createEvaluator(space, BOARDS).evaluate(0, 16));
  expect(asMany.columns[0].values.buffer).toBe(before.columns[0].values.buffer);
  expect(evaluator.evaluate(0, 20, asMany)).toEqual(createEvaluator(space, BOARDS).evaluate(0, 20));
});

test('a point that a board refuses is a row with its reason and no figures', () => {
  const space = spaceOf(
    '{"input": [8,8,1], "layers": "conv {filters} 3x3 same | leakyrelu | flatten | dense 2"}',
    {
      filters: [2],
    },
  );
  const results = createEvaluator(space, BOARDS).evaluate(0, 2);
  const rows = [0, 1].map((row) => rowOf(results, row));
  expect(rows.map(({ ok }) => ok)).toEqual([true, false]);
  expect(rows[1].reason).toMatch(/^op 1 \(LEAKY_RELU\) on unit "core": [^\n]+$/);
  expect(rows[1].latencyMs).toBeNaN();
});

test('accuracy is told of the ten trained networks and of no other', () => {
  const space = spaceOf('paper:{filters},k={kernel}', {
    filters: [1, 10, 11],
    kernel: [3, 5],
    dtype: ['float32', 'int8'],
    board: [IDS[0]],
  });
  const results = createEvaluator(space, BOARDS).evaluate(0, countPoints(space));
  const known = [...columnOf(results, 'accuracy').values].map((value) => !Number.isNaN(value));
  expect(known).toEqual([true, false, false, false, true, false, false, false, false, false, false, false]);
  expect(columnOf(results, 'accuracy').values[0]).toBeGreaterThan(0.85);
});

test('`meets` marks the points that meet the constraint', () => {
  const constraint = { kind: 'bound', metric: 'latencyMs', comparison: '<', value: 1 } as const;
  const space = spaceOf('paper:{filters}', { filters: range(1, 40) }, { constraint });
  const results = createEvaluator(space, BOARDS).evaluate(0, countPoints(space));
  const latencyMs = columnOf(results, 'latencyMs').values;
  expect([...columnOf(results, 'meets').values]).toEqual([...latencyMs].map((value) => (value < 1 ? 1 : 0)));
});

test('intervals, where asked for, are those of predict(), whatever the network, its type and the clock', () => {
  const axes = { filters: [3, 30], kernel: [3, 5], dtype: ['float32', 'int8'], clock: ['0.5x', '1x'] };
  const space = spaceOf('paper:{filters},k={kernel}', axes, { intervals: true });
  const points = countPoints(space);
  const results = createEvaluator(space, BOARDS).evaluate(0, points);
  for (let index = 0; index < points; index++) {
    const { filters, kernel, dtype, clock, board: id } = pointAt(space, index);
    const board = BOARDS.find((candidate) => candidate.id === id)!;
    const clocked = withClocks(board, clockHzOn(parseClock(String(clock)), board));
    const model = modelFromSpec(`paper:${filters},k=${kernel},dtype=${dtype}`)!;
    const { low, high } = predict(model, clocked).latencyMs;
    const { lowMs, highMs } = rowOf(results, index);
    expect([lowMs, highMs]).toEqual([low, high]);
  }
});

test('a board that is not there is one clear line', () => {
  const space = spaceOf('paper:{filters}', { filters: [3], board: ['nowhere'] });
  expect(() => createEvaluator(space, BOARDS)).toThrow(/^board: there is no "nowhere"; choose from [^\n]+$/);
});
