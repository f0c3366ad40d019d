import { expect, test } from 'vitest';
import { CORTEX_M7_LIBRARIES } from '../libraries/cortex-m7-libraries.ts';
import { loadAllRows } from '../libraries/load-all-rows.ts';
import { RV64GC_LIBRARIES } from '../libraries/rv64gc-libraries.ts';
import type { CostRow } from './board.ts';
import { costsOfParts, kernelsOf, reachableRows, shareRows } from './shared-rows.ts';

loadAllRows();

const ofOp = (costs: readonly CostRow[], op: string) => costs.filter((row) => row.op === op);
const ROW = {
  op: 'ADD',
  dtype: 'int8',
  coreCycles: { elements: 2 },
  source: 's',
  grade: 'estimated',
} as const;

test.each([
  ['Cortex-M7', CORTEX_M7_LIBRARIES],
  ['RV64GC', RV64GC_LIBRARIES],
])('libraries of a %s keep the rows of each operator in their order when they share them', (_, libraries) => {
  const shared = shareRows(libraries.flatMap(({ costs }) => costs));
  for (const { id, costs } of libraries) {
    const own = shared.filter((row) => kernelsOf(row).includes(id)).map((row) => ({ ...row, kernels: id }));
    expect(own).toHaveLength(costs.length);
    for (const op of new Set(costs.map((row) => row.op))) expect(ofOp(own, op)).toEqual(ofOp(costs, op));
  }
});

test('rows that are equal but for their library are one', () => {
  const shared = shareRows([
    { ...ROW, kernels: 'a' },
    { ...ROW, kernels: 'b', coreCycles: { elements: 3 } },
    { ...ROW, kernels: 'c' },
  ]);
  expect(shared.map(({ kernels }) => kernels)).toEqual([['a', 'c'], 'b']);
});

test('a row that would overtake another of its library and operator stands by itself', () => {
  const small = { ...ROW, when: { elements: 1 }, kernels: 'b' };
  const shared = shareRows([{ ...ROW, kernels: 'a' }, small, { ...ROW, kernels: 'b' }]);
  expect(shared.map(({ kernels }) => kernels)).toEqual(['a', 'b', 'b']);
});

test('what stands behind a row without a condition is never taken, and left out', () => {
  const small = { ...ROW, when: { elements: 1 } };
  const rows = [small, ROW, small, { ...ROW, dtype: 'float32' } as const, ROW].map((row) => ({
    ...row,
    kernels: 'a',
  }));
  expect(reachableRows(rows)).toEqual([rows[0], rows[1], rows[3]]);
  const any = { ...ROW, dtype: 'any', kernels: 'a' } as const;
  expect(reachableRows([any, rows[1], { ...rows[1], kernels: 'b' }])).toEqual([
    any,
    { ...rows[1], kernels: 'b' },
  ]);
});

test('boards of the same parts have the same list, and no others', () => {
  const [call, library] = [[{ ...ROW, kernels: 'call' }], [{ ...ROW, kernels: 'a' }]];
  const costs = costsOfParts([call, library]);
  expect(costs).toEqual([{ ...ROW, kernels: ['call', 'a'] }]);
  expect(costsOfParts([call, library])).toBe(costs);
  expect(costsOfParts([library])).toEqual([{ ...ROW, kernels: 'a' }]);
});
