import { expect, it } from 'vitest';
import { adder, branching, looping } from '../../../../test/fixtures/state-models.ts';
import { tfliteFile, type FileModel } from '../../../../test/fixtures/tflite-file.ts';
import { readTflite, writeTflite } from '../../../files/tflite.ts';

const read = (model: FileModel) => readTflite(tfliteFile(model), 'm.tflite');
const opsOf = (model: FileModel) =>
  read(model).subgraphs!.map((one) => one && [one.name, one.nodes.map(({ op }) => op)]);

it('reads the subgraphs that operators run, with their own tensors', () => {
  expect(opsOf(branching)).toEqual([
    ['m.tflite subgraph 1', ['ADD']],
    ['m.tflite subgraph 2', ['MUL']],
  ]);
  expect(opsOf(looping)).toEqual([
    ['m.tflite subgraph 1', []],
    ['m.tflite subgraph 2', ['ADD']],
  ]);
  expect(read(adder()).subgraphs![0]!.tensors[1]!.data).toHaveLength(8);
  expect(read(branching).notes).toBeUndefined();
});

it('reads those that no operator runs too, and leaves out what does not hold together, with a note', () => {
  const damaged = { tensors: [], ops: [], inputs: [], outputs: [7] };
  const graph = read({ ...adder(false), others: [damaged, branching.others![0]!] });
  expect(graph.subgraphs!.map((one) => one?.name)).toEqual([undefined, 'm.tflite subgraph 2']);
  expect(graph.notes).toEqual(['subgraph 1, which no operator runs, is not read']);
});

it('names subgraphs that run each other in a circle', () => {
  const [initial] = adder().others!;
  const again = { ...initial!, ops: [...initial!.ops, adder().ops[0]!] };
  expect(() => read({ ...adder(), others: [again] })).toThrow(
    'm.tflite subgraph 1: op 2 (CALL_ONCE) runs subgraph 1, which runs itself so; no interpreter ends it',
  );
});

it('names a subgraph that is missing, and what is wrong in one', () => {
  const others = branching.others!;
  expect(() => read({ ...branching, others: [others[0]!] })).toThrow(
    'm.tflite: op 0 (IF) runs subgraph 2 of 2; it needs to be one behind the first',
  );
  const unwritten = { ...others[1]!, ops: [] };
  expect(() => read({ ...branching, others: [others[0]!, unwritten] })).toThrow(
    'm.tflite subgraph 2: output of the network: tensor 1 is never written',
  );
});

it('a network that runs further subgraphs is not written', () => {
  expect(() => writeTflite(read(branching))).toThrow(/runs further subgraphs .* which cannot be written/);
});
