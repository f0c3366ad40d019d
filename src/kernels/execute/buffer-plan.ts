import { placeGreedily, type StepSpan } from './greedy-placement.ts';
import { variableTensors } from './variable-tensors.ts';
import { tensorBytes, type Graph } from '../../models/graph/graph.ts';

const ALIGNMENT = 16;

/** Steps are nodes; -1 before the first, the number of nodes after the last. */
interface Lifetime extends StepSpan {
  readonly tensor: number;
  readonly bytes: number;
  lastStep: number;
}

/** Where each computed tensor lies in one shared buffer. */
export interface BufferPlan {
  /** Bytes of the buffer. */
  readonly bytes: number;
  /** Byte offset by tensor index, a multiple of 16. */
  readonly offsets: ReadonlyMap<number, number>;
}

function findLifetimes(graph: Graph): Lifetime[] {
  const lifetimes = new Map<number, Lifetime>();
  const start = (tensor: number, firstStep: number) => {
    const bytes = Math.ceil(tensorBytes(graph.tensors[tensor]) / ALIGNMENT) * ALIGNMENT;
    lifetimes.set(tensor, { tensor, bytes, firstStep, lastStep: firstStep });
  };
  graph.inputs.forEach((tensor) => start(tensor, -1));
  graph.nodes.forEach((node, index) => {
    node.outputs.forEach((tensor) => start(tensor, index));
    for (const tensor of node.inputs) {
      const lifetime = lifetimes.get(tensor);
      if (lifetime) lifetime.lastStep = index;
    }
  });
  for (const tensor of variableTensors(graph)) {
    start(tensor, -1);
    lifetimes.get(tensor)!.lastStep = graph.nodes.length;
  }
  for (const tensor of graph.outputs) {
    const lifetime = lifetimes.get(tensor);
    if (lifetime) lifetime.lastStep = graph.nodes.length;
  }
  return [...lifetimes.values()];
}

/**
 * Shares one buffer among the tensors that nodes compute and the variables, which keep their place, largest first into the lowest gap. It serves this executor;
 * the arena of a board's runtime is planned elsewhere, by that runtime's own rules.
 */
export function planBuffers(graph: Graph): BufferPlan {
  const bySize = findLifetimes(graph).sort((a, b) => b.bytes - a.bytes);
  const bytes = bySize.map((block) => block.bytes);
  const { totalBytes, offsets } = placeGreedily({ spans: bySize, bytes, order: [...bySize.keys()] });
  return { bytes: totalBytes, offsets: new Map(bySize.map(({ tensor }, at) => [tensor, offsets[at]])) };
}
