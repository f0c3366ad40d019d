import { describe, expect, test } from 'vitest';
import { seededIntegers } from '../../seeded-random.ts';
import type { Column, ResultColumns } from '../study/batch.ts';
import type { Metric } from '../study/metric.ts';
import { paretoFront } from './pareto.ts';
import type { Objective } from '../study/space.ts';

type Row = Partial<Record<Metric | 'ok' | 'meets', number>>;

function resultsOf(rows: readonly Row[]): ResultColumns {
  const real = (name: Metric): Column => ({
    kind: 'real',
    name,
    values: Float64Array.from(rows, (row) => row[name] ?? Number.NaN),
  });
  const flag = (name: 'ok' | 'meets'): Column => ({
    kind: 'flag',
    name,
    values: Uint8Array.from(rows, (row) => row[name] ?? 1),
  });
  return {
    rows: rows.length,
    columns: [flag('ok'), flag('meets'), real('latencyMs'), real('flashBytes'), real('accuracy')],
  };
}

const LATENCY: Objective = { metric: 'latencyMs', goal: 'min' };
const FLASH: Objective = { metric: 'flashBytes', goal: 'min' };
const ACCURACY: Objective = { metric: 'accuracy', goal: 'max' };

test('of two objectives, by hand', () => {
  const rows = [
    { latencyMs: 3, flashBytes: 1 },
    { latencyMs: 1, flashBytes: 5 },
    { latencyMs: 2, flashBytes: 5 },
    { latencyMs: 2, flashBytes: 3 },
    { latencyMs: 4, flashBytes: 1 },
  ];
  expect(paretoFront(resultsOf(rows), [LATENCY, FLASH])).toEqual([1, 3, 0]);
  expect(paretoFront(resultsOf(rows), [FLASH, LATENCY])).toEqual([0, 3, 1]);
});

test('the best of one objective, with all its equals', () => {
  const rows = [{ latencyMs: 2 }, { latencyMs: 1 }, { latencyMs: 3 }, { latencyMs: 1 }];
  expect(paretoFront(resultsOf(rows), [LATENCY])).toEqual([1, 3]);
});

test('failed points, those that miss the constraint and those without a figure are no candidates', () => {
  const rows = [
    { latencyMs: 1, accuracy: 0.9, ok: 0 },
    { latencyMs: 1, accuracy: 0.9, meets: 0 },
    { latencyMs: 1 },
    { latencyMs: 2, accuracy: 0.8 },
    { latencyMs: 3, accuracy: 0.9 },
  ];
  expect(paretoFront(resultsOf(rows), [LATENCY, ACCURACY])).toEqual([3, 4]);
});

describe.each([
  ['two objectives', [LATENCY, FLASH]],
  ['three objectives', [LATENCY, FLASH, ACCURACY]],
])('%s', (_, objectives) => {
  test.each([1, 2, 3])('agree with all pairs compared, ties among them (seed %i)', (seed) => {
    const draw = seededIntegers(seed);
    const rows = Array.from({ length: 400 }, () => ({
      latencyMs: draw() % 30,
      flashBytes: draw() % 30,
      accuracy: (draw() % 30) / 30,
    }));
    const worse = (a: Row, b: Row) =>
      objectives.every(({ metric, goal }) =>
        goal === 'min' ? b[metric]! <= a[metric]! : b[metric]! >= a[metric]!,
      ) && objectives.some(({ metric }) => a[metric] !== b[metric]);
    const front = rows.flatMap((row, at) => (rows.some((other) => worse(row, other)) ? [] : [at]));
    expect([...paretoFront(resultsOf(rows), objectives)].sort((a, b) => a - b)).toEqual(front);
  });
});
