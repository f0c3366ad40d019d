import { expect, it } from 'vitest';
import { branching, counted, looping } from '../../../test/fixtures/state-models.ts';
import { tfliteFile, type FileModel } from '../../../test/fixtures/tflite-file.ts';
import { readTflite } from '../../files/tflite.ts';
import { createExecutor } from './executor.ts';
import { steadyLoopRounds } from './loop-rounds.ts';

const graphOf = (model: FileModel) => readTflite(tfliteFile(model), 'm');
const rounds = (model: FileModel) => [...steadyLoopRounds(graphOf(model)).values()];

it('knows the rounds of a loop that does not depend on the data', () => {
  expect(rounds(counted)).toEqual([2]);
});

it('does not know those of one that does, nor any of a network without loops', () => {
  expect(rounds(looping)).toEqual([]);
  expect(rounds(branching)).toEqual([]);
});

it('a run notes its rounds; other rounds after them, without a reset, leave no number', () => {
  const executor = createExecutor(graphOf(looping));
  const run = (first: number) => executor.run([[first], [1], [0, 0]]);
  run(1);
  expect([...executor.loopRounds.values()]).toEqual([2]);
  run(0);
  expect([...executor.loopRounds.values()]).toEqual([NaN]);
  executor.reset();
  run(0);
  expect([...executor.loopRounds.values()]).toEqual([0]);
});

it('a network that cannot be run has no rounds', () => {
  const graph = graphOf(counted);
  expect([...steadyLoopRounds({ ...graph, subgraphs: [] })]).toEqual([]);
});
