import { expect, it } from 'vitest';
import { adder, branching, looping } from '../../../test/fixtures/state-models.ts';
import { tfliteFile } from '../../../test/fixtures/tflite-file.ts';
import { tensor, testRefusals, testShapes, testWork } from '../../../test/support/op-tests.ts';
import { readTflite } from '../../files/tflite.ts';
import type { Graph } from '../../models/graph/graph.ts';
import { createExecutor } from '../execute/executor.ts';
import { conditional } from './control.ts';

const flag = tensor([1], 'bool');
const BRANCHES = { whenTrue: 1, whenFalse: 2 };
const LOOP = { condition: 1, body: 2 };

testShapes([
  ['CALL_ONCE', { initial: 1 }, [], []],
  ['WHILE', LOOP, [flag, tensor([3, 2])], [[1], [3, 2]]],
]);

testRefusals([
  ['IF', BRANCHES, [tensor([1])], 'the condition is float32, needs one bool'],
  ['IF', BRANCHES, [flag], 'the outputs are known from the model only'],
  ['WHILE', LOOP, [undefined], 'input 0 (loop variable) is missing'],
]);

testWork([['WHILE', LOOP, [flag, tensor([3, 2])], { macs: 0, counts: { inputBytes: 25, outputBytes: 25 } }]]);

it('IF gives what its model declares', () => {
  expect(conditional.infer(BRANCHES, [flag, tensor([2])], [tensor([4])])).toEqual([tensor([4])]);
});

const graphOf = (model: Parameters<typeof tfliteFile>[0]) => readTflite(tfliteFile(model), 'm');
const run = (graph: Graph, ...inputs: number[][]) => [...createExecutor(graph).run(inputs)[0]!];

it('IF runs one of its subgraphs', () => {
  const graph = graphOf(branching);
  expect(run(graph, [1], [3, 5])).toEqual([6, 10]);
  expect(run(graph, [0], [3, 5])).toEqual([9, 25]);
});

it('WHILE runs its body as long as its condition says so', () => {
  const graph = graphOf(looping);
  expect(run(graph, [0], [1], [3, 5])).toEqual([3, 5]);
  expect(run(graph, [1], [0], [3, 5])).toEqual([6, 10]);
  expect(run(graph, [1], [1], [3, 5])).toEqual([12, 20]);
});

it('a subgraph that is not there, or runs itself, is named', () => {
  const graph = graphOf(branching);
  expect(() => createExecutor({ ...graph, subgraphs: [graph.subgraphs![0]] })).toThrow(
    'op 0 (IF): the file has no subgraph 2 to run',
  );
  const once = graphOf(adder());
  expect(() => createExecutor({ ...once, subgraphs: [once] })).toThrow(
    /subgraph 1 runs itself, which no interpreter ends/,
  );
});

it('shapes that do not fit are named when the subgraph is run', () => {
  const graph = graphOf(branching);
  const [first, second] = graph.subgraphs as [Graph, Graph];
  const wide = first.tensors.map((one) => ({ ...one, shape: [1, 3] }));
  const odd = { ...graph, subgraphs: [{ ...first, tensors: wide }, second] };
  expect(() => run(odd, [1], [3, 5])).toThrow('inputs of the subgraph 0: 2 elements for 3');
});
