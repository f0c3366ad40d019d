import { describe, expect, test } from 'vitest';
import type { Board } from '../../boards/board/board.ts';
import { constantAt } from '../../boards/board/constant-paths.ts';
import { BOARDS } from '../../boards/index.ts';
import { configureBoards, parseSettings } from '../../boards/settings/all-settings.ts';
import { seededIntegers } from '../../seeded-random.ts';
import { modelFromSpec } from '../../files/load-model.ts';
import { predict, withClocks } from '../../simulate/predict.ts';
import type { Prediction } from '../../simulate/prediction.ts';
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

function predictedAt(space: DesignSpace, point: DesignPoint, boards: readonly Board[]): Prediction {
  const board = boards.find(({ id }) => id === point.board)!;
  const clocked =
    point.clock === undefined ? board : withClocks(board, clockHzOn(parseClock(String(point.clock)), board));
  const { text } = space.model as { readonly text: string };
  return predict(modelFromSpec(specMaker(text)(point))!, clocked, deployOptions(point));
}

/** The same figures from `predict`, built and deployed for this point alone. */
function predicted(space: DesignSpace, point: DesignPoint): Record<string, unknown> {
  const outcome = orRefusal(() => predictedAt(space, point, BOARDS));
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

describe('intervals, where asked for, are exactly those of predict()', () => {
  const CLOCKS = ['0.25x', '0.5x', '0.77x', '1x', '1.3x'];
  const PAPER = 'paper:{filters},k={kernel}';
  const PAPER_AXES = { filters: [3, 30], kernel: [3, 5], dtype: ['float32', 'int8'] };
  const STREAMED =
    '{"input": [8,8,64], "layers": "conv {filters} 3x3 same relu | conv {filters} 3x3 same relu | flatten | dense 10"}';

  /** The boards with these constants in doubt besides their own, each by a thousandth of itself. */
  const inDoubtOf = (...paths: string[]) =>
    BOARDS.filter(({ units }) => units.some(({ kind }) => kind === 'kpu')).map((board) => {
      const { parameters, covariance } = board.calibration!;
      const more = paths.map((path) => {
        const priorMean = constantAt(board, path).value;
        return { path, priorMean, priorSigma: 0.1 * priorMean, priorSource: 'toy' };
      });
      const all = [...parameters, ...more];
      const variances = all.map((_, i) =>
        all.map((_, j) => covariance[i]?.[j] ?? (i === j ? more[i - parameters.length].priorSigma ** 2 : 0)),
      );
      return { ...board, calibration: { ...board.calibration!, parameters: all, covariance: variances } };
    });
  const set = (choices: string) => configureBoards(BOARDS, parseSettings(choices));

  test.each<[string, readonly Board[], string, Record<string, readonly (number | string)[]>]>([
    ['at one clock', BOARDS, PAPER, PAPER_AXES],
    ['at clocks in lockstep', BOARDS, PAPER, { ...PAPER_AXES, clock: CLOCKS }],
    ['with the cache off', set('core.dataCache=off'), PAPER, { ...PAPER_AXES, clock: CLOCKS }],
    ['with another cache', set('core.dataCache=4KiB'), PAPER, { ...PAPER_AXES, clock: CLOCKS }],
    [
      'with a converter that is asked about',
      set('ncc.cpuConv=nncase-0.2'),
      PAPER,
      { ...PAPER_AXES, clock: ['1x', '0.5x'] },
    ],
    ['of layers whose weights stream in', BOARDS, STREAMED, { filters: [64, 250], clock: CLOCKS }],
    [
      'of copies by DMA and other kernels, at a clock that one board does not have',
      BOARDS,
      PAPER,
      {
        ...PAPER_AXES,
        copyOut: ['cpu', 'dma'],
        kernels: ['cmsis-nn', 'maixpy-0.5'],
        clock: ['1x', 'kpu=100MHz'],
      },
    ],
    [
      'with clocks and what goes on inside of layers in doubt',
      inDoubtOf(
        'clocks.core.hz',
        'units.kpu.constants.rowGapKpuCycles',
        'units.kpu.constants.submitCoreCycles',
      ),
      STREAMED,
      { filters: [64, 250], clock: CLOCKS },
    ],
    [
      'with a constant of the DMA in doubt',
      inDoubtOf('units.dma.constants.K210CopyOutCyclesPerByte'),
      PAPER,
      { ...PAPER_AXES, copyOut: ['dma'], clock: CLOCKS },
    ],
  ])('%s', (_, boards, model, axes) => {
    const space = spaceOf(model, { board: boards.map(({ id }) => id), ...axes }, { intervals: true });
    const results = createEvaluator(space, boards).evaluate(0, countPoints(space));
    for (let row = 0; row < results.rows; row++) {
      const point = pointAt(space, row);
      const outcome = orRefusal(() => predictedAt(space, point, boards).latencyMs);
      const ends = 'reason' in outcome ? [Number.NaN, Number.NaN] : [outcome.low, outcome.high];
      const { lowMs, highMs } = rowOf(results, row);
      expect({ ...point, ends: [lowMs, highMs] }).toEqual({ ...point, ends });
    }
    expect([...columnOf(results, 'highMs').values].some((ms) => ms > 0)).toBe(true);
  });
});

test('a board that is not there is one clear line', () => {
  const space = spaceOf('paper:{filters}', { filters: [3], board: ['nowhere'] });
  expect(() => createEvaluator(space, BOARDS)).toThrow(/^board: there is no "nowhere"; choose from [^\n]+$/);
});
