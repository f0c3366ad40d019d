import { expect, test } from 'vitest';
import type { ExperimentHost } from './bindings.ts';
import { runExperiment } from './experiment.ts';

/** What a host is asked of sweeps: what it evaluates is told, and what it tells of is 20,000 points. */
function hostOf(evaluated: number[]): ExperimentHost {
  const unasked = () => {
    throw new Error('not asked');
  };
  return {
    ...{ boardIds: [], loadModel: unasked, loadBoard: unasked, print: unasked },
    ...{ formatTable: unasked, formatCsv: unasked, writeFile: unasked },
    sweep(_, announce) {
      announce(20_000);
      evaluated.push(20_000);
      return [];
    },
  };
}

test('a sweep for which a script has nothing left is not begun', async () => {
  const evaluated: number[] = [];
  const source = "while true do pcall(sweep, { model = 'paper:{filters}', board = {} }) end";
  const run = runExperiment({ name: 'exp.lua', source, args: [], host: hostOf(evaluated) });
  await expect(run).rejects.toThrow('exp.lua:1: stopped after 20 million instructions');
  expect(evaluated).toEqual([20_000]);
});
