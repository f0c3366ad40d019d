import { SpecError } from '../../errors.ts';
import type { Graph, Tensor } from './graph.ts';

function firstOf(graph: Graph, end: 'input' | 'output'): Tensor {
  const [index] = graph[`${end}s`];
  if (index !== undefined) return graph.tensors[index];
  throw new SpecError(`${graph.name}: the model has no ${end}; this needs one`);
}

/** The tensor that is given to a network first. Throws a SpecError for a network that takes none. */
export const firstInput = (graph: Graph): Tensor => firstOf(graph, 'input');

/** The tensor that a network answers with first. Throws a SpecError for a network that gives none. */
export const firstOutput = (graph: Graph): Tensor => firstOf(graph, 'output');
