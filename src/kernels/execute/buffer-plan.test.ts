import { expect, test } from 'vitest';
import type { Graph, GraphNode } from '../../models/graph/graph.ts';
import { planBuffers } from './buffer-plan.ts';

const node = (inputs: number[], outputs: number[]) =>
  ({ op: 'RELU', attributes: {}, inputs, outputs }) as unknown as GraphNode;

/** A chain of steps, each tensor of so many bytes. */
function chain(bytes: readonly number[], outputs: readonly number[]): Graph {
  return {
    ...{ name: 'chain', format: 'builder', fileBytes: 0, inputs: [0], outputs },
    tensors: bytes.map((count, at) => ({ name: `t${at}`, shape: [count], dtype: 'int8' })),
    nodes: bytes.slice(1).map((_, at) => node([at], [at + 1])),
  };
}

const overlap = (a: readonly number[], b: readonly number[]) => a[0] < b[1] && b[0] < a[1];

/** Bytes [from, to) of each tensor. */
function placesOf(graph: Graph): number[][] {
  const { offsets } = planBuffers(graph);
  return graph.tensors.map(({ shape }, tensor) => [offsets.get(tensor)!, offsets.get(tensor)! + shape[0]]);
}

test('what a step reads and what it writes lie apart, and a third may take the place of the first', () => {
  const [a, b, c] = placesOf(chain([64, 64, 64], [2]));
  expect([overlap(a, b), overlap(b, c)]).toEqual([false, false]);
  expect(planBuffers(chain([64, 64, 64, 64, 64], [4])).bytes).toBe(128);
});

test('an output that an early step writes is not overwritten by a later one', () => {
  const places = placesOf(chain([64, 64, 64, 64, 64], [1, 4]));
  expect([2, 3, 4].map((later) => overlap(places[1], places[later]))).toEqual([false, false, false]);
});

test('offsets are multiples of 16, and the buffer is no longer than what lives at once', () => {
  const graph = chain([5, 33, 17], [2]);
  const { bytes, offsets } = planBuffers(graph);
  expect([...offsets.values()].map((offset) => offset % 16)).toEqual([0, 0, 0]);
  // The second step needs 33 bytes and 17, which take 48 and 32.
  expect(bytes).toBe(80);
});
