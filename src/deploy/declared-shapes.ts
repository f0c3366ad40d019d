import { inferGraph } from '../kernels/execute/graph-work.ts';
import { opFor } from '../kernels/registry.ts';
import type { Graph } from '../models/graph/graph.ts';

/**
 * Compares the shapes that a file declares with those that its operators give, as running it does: where they differ no
 * figure would be about anything. Throws a SpecError that names op, tensor and both. A builder's shapes are inferred ones,
 * and a network with an operator that is not known is refused elsewhere.
 */
export function checkDeclaredShapes(graph: Graph): void {
  if (graph.format !== 'tflite') return;
  if (graph.nodes.every(({ op }) => opFor(op) !== undefined)) inferGraph(graph);
}
