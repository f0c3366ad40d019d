import { tensorBytes, type Graph } from '../../models/graph/graph.ts';

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
  const first = graph.tensors.map(() => -1);
  const last = graph.tensors.map(() => -1);
  const write = (tensor: number, step: number): void => {
    if (first[tensor] === -1) first[tensor] = step;
    last[tensor] = step;
  };
  for (const tensor of graph.inputs) write(tensor, 0);
  for (let step = 0; step < graph.nodes.length; step++) {
    for (const tensor of graph.nodes[step].outputs) write(tensor, step);
    for (const tensor of graph.nodes[step].inputs)
      if (tensor >= 0 && first[tensor] !== -1) last[tensor] = step;
  }
  for (const tensor of graph.outputs) if (first[tensor] !== -1) last[tensor] = graph.nodes.length - 1;
  const lifetimes: Lifetime[] = [];
  graph.tensors.forEach((info, tensor) => {
    if (first[tensor] === -1) return;
    lifetimes.push({ tensor, bytes: tensorBytes(info), firstStep: first[tensor], lastStep: last[tensor] });
  });
  return lifetimes;
}
