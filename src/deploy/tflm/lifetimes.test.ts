import { expect, test } from 'vitest';
import type { Graph, GraphNode } from '../../models/graph/graph.ts';
import { tensorLifetimes } from './lifetimes.ts';

const node = (inputs: number[], outputs: number[]) =>
  ({ op: 'RELU', attributes: {}, inputs, outputs }) as unknown as GraphNode;

/** Tensors of 1, 2, 3, ... floats; those of `constants` have data. */
function graphOf(tensors: number, nodes: GraphNode[], ends: { inputs: number[]; outputs: number[] }): Graph {
  return {
    ...{ name: 'g', format: 'builder', nodes, fileBytes: 0, ...ends },
    tensors: Array.from({ length: tensors }, (_, at) => ({
      name: `t${at}`,
      shape: [at + 1],
      dtype: 'float32',
    })),
  };
}

const spans = (graph: Graph) =>
  tensorLifetimes(graph).map(({ tensor, firstStep, lastStep }) => [tensor, firstStep, lastStep]);

test('a tensor lives from the step that writes it to the last that reads it', () => {
  const graph = graphOf(4, [node([0], [1]), node([1], [2]), node([2, 1], [3])], {
    inputs: [0],
    outputs: [3],
  });
  expect(spans(graph)).toEqual([
    [0, 0, 0],
    [1, 0, 2],
    [2, 1, 2],
    [3, 2, 2],
  ]);
});

test('an output that an early step writes lives to the end', () => {
  const nodes = [node([0], [1]), node([1], [2]), node([2], [3])];
  expect(spans(graphOf(4, nodes, { inputs: [0], outputs: [1, 3] }))[1]).toEqual([1, 0, 2]);
});

test('an input lives from the start, though it is read late', () => {
  const nodes = [node([0], [2]), node([2, 1], [3])];
  expect(spans(graphOf(4, nodes, { inputs: [0, 1], outputs: [3] }))[1]).toEqual([1, 0, 1]);
});

test('constants and absent operands are not in the arena', () => {
  const graph = graphOf(3, [node([0, 2, -1], [1])], { inputs: [0], outputs: [1] });
  expect(spans(graph).map(([tensor]) => tensor)).toEqual([0, 1]);
  expect(tensorLifetimes(graph).map(({ bytes }) => bytes)).toEqual([4, 8]);
});
