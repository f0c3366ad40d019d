import { expect, test } from 'vitest';
import type { Graph, GraphNode, Tensor } from '../../models/graph/graph.ts';
import { tensorLifetimes, variableBytes } from './lifetimes.ts';

const node = (inputs: number[], outputs: number[]) =>
  ({ op: 'RELU', attributes: {}, inputs, outputs }) as unknown as GraphNode;

/** Tensors of 1, 2, 3, ... floats. */
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
    [0, -1, 0],
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
  expect(spans(graphOf(4, nodes, { inputs: [0, 1], outputs: [3] }))[1]).toEqual([1, -1, 1]);
});

test('constants and absent operands are not in the arena', () => {
  const open = graphOf(3, [node([0, 2, -1], [1])], { inputs: [0], outputs: [1] });
  const constant = { ...open.tensors[2]!, isConstant: true };
  const graph = { ...open, tensors: [...open.tensors.slice(0, 2), constant] };
  expect(spans(graph).map(([tensor]) => tensor)).toEqual([0, 1]);
  expect(tensorLifetimes(graph).map(({ bytes }) => bytes)).toEqual([4, 8]);
});

test('a constant that is listed as an input, and a variable, have no place in the planned arena', () => {
  const open = graphOf(3, [node([0, 1], [2])], { inputs: [0, 1], outputs: [2] });
  const [input, second, output] = open.tensors as [Tensor, Tensor, Tensor];
  const constant = { ...second, data: new Uint8Array(8) };
  expect(spans({ ...open, tensors: [input, constant, output] }).map(([tensor]) => tensor)).toEqual([0, 2]);
  const variable = { ...second, isVariable: true };
  expect(spans({ ...open, tensors: [input, variable, output] }).map(([tensor]) => tensor)).toEqual([0, 2]);
  expect(variableBytes({ ...open, tensors: [input, variable, output] })).toBe(8);
});

test('an input that nobody reads is gone before the first operator; a tensor that nobody writes lives at no step', () => {
  const graph = graphOf(4, [node([0], [1])], { inputs: [0, 2], outputs: [1] });
  expect(spans(graph)).toEqual([
    [0, -1, 0],
    [1, 0, 0],
    [2, -1, -1],
    [3, -2, -2],
  ]);
});

test("offsets of the file's own plan are kept; a plan of another network is refused", () => {
  const graph = graphOf(2, [node([0], [1])], { inputs: [0], outputs: [1] });
  const planned = { ...graph, arenaOffsets: { offsets: [-1, 64], tensors: 2 } };
  expect(tensorLifetimes(planned).map(({ givenOffset }) => givenOffset)).toEqual([undefined, 64]);
  const foreign = { ...graph, arenaOffsets: { offsets: [0, 0, 0], tensors: 2 } };
  expect(() => tensorLifetimes(foreign)).toThrow(/places 3 tensors, the file has 2/);
});

test('a network of the same size but another wiring has lifetimes of its own', () => {
  const chain = graphOf(4, [node([0], [1]), node([1], [2]), node([2], [3])], { inputs: [0], outputs: [3] });
  const skip = graphOf(4, [node([0], [1]), node([1], [2]), node([0], [3])], { inputs: [0], outputs: [3] });
  const early = { ...chain, outputs: [2] };
  const all = () => [chain, skip, early, chain].map((graph) => spans(graph)[0]);
  expect(all()).toEqual([
    [0, -1, 0],
    [0, -1, 2],
    [0, -1, 0],
    [0, -1, 0],
  ]);
  expect([chain, early, skip].map((graph) => spans(graph)[2])).toEqual([
    [2, 1, 2],
    [2, 1, 2],
    [2, 1, 1],
  ]);
});
