import { expect, it } from 'vitest';
import { branching, looping } from '../../../test/fixtures/state-models.ts';
import { tfliteFile, type FileGraph, type FileModel } from '../../../test/fixtures/tflite-file.ts';
import { readTflite } from '../../files/tflite.ts';
import { inferGraph } from './graph-work.ts';

const infer = (model: FileModel) => inferGraph(readTflite(tfliteFile(model), 'm'));
const changed = (model: FileModel, at: number, change: Partial<FileGraph>): FileModel => ({
  ...model,
  others: model.others!.map((one, position) => (position === at ? { ...one, ...change } : one)),
});

it('subgraphs that take and give what the operator has are content', () => {
  expect(() => infer(branching)).not.toThrow();
  expect(() => infer(looping)).not.toThrow();
});

it.each([
  [changed(branching, 0, { outputs: [] }), 'op 0 (IF): subgraph 1 gives 0 tensors, the operator 1'],
  [
    changed(branching, 1, { inputs: [0, 1], ops: [], outputs: [1] }),
    'subgraph 2 takes 2 tensors, it is given 1',
  ],
  [changed(looping, 0, { outputs: [0, 1] }), 'op 0 (WHILE): subgraph 1 gives 2 tensors, the operator 1'],
  [changed(looping, 1, { outputs: [1, 4] }), 'op 0 (WHILE): subgraph 2 gives 2 tensors, the operator 3'],
])('others are named', (model, sentence) => {
  expect(() => infer(model)).toThrow(sentence);
});
