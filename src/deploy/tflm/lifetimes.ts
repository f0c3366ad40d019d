import { tensorBytes, type Graph } from '../../models/graph.ts';

/** A tensor that lives in the arena, from the step that writes it to the last that reads it (both included). */
export interface Lifetime {
  readonly tensor: number;
  readonly bytes: number;
  readonly firstStep: number;
  readonly lastStep: number;
}

/**
 * Lifetimes of all tensors that are not constants, in order of their index, as TFLite Micro's allocator
 * records them: inputs live from step 0, outputs to the last step. Bytes are not yet aligned.
 */
export function tensorLifetimes(graph: Graph): Lifetime[] {
  const first = new Map<number, number>();
  const last = new Map<number, number>();
  const note = (tensor: number, step: number): void => {
    if (!first.has(tensor)) first.set(tensor, step);
    last.set(tensor, step);
  };
  for (const tensor of graph.inputs) note(tensor, 0);
  graph.nodes.forEach((node, step) => {
    for (const tensor of node.outputs) note(tensor, step);
    for (const tensor of node.inputs) if (first.has(tensor)) note(tensor, step);
  });
  for (const tensor of graph.outputs) if (first.has(tensor)) note(tensor, graph.nodes.length - 1);
  return [...first.keys()]
    .sort((a, b) => a - b)
    .map((tensor) => ({
      tensor,
      bytes: tensorBytes(graph.tensors[tensor]!),
      firstStep: first.get(tensor)!,
      lastStep: last.get(tensor)!,
    }));
}
