import type { Board } from '../boards/board/board.ts';
import type { Graph, GraphNode } from '../models/graph/graph.ts';
import { floatNodeRefusal } from './ncc/importer.ts';
import { nodeRefusal } from './tflm/require-kernels.ts';

/**
 * Why a board's toolchain has no operator for this node's types and geometry, whatever else the network holds: the words of the
 * converter's importer, or of the interpreter with the board's own kernel library, and which other of its libraries has one.
 * Undefined where it has.
 */
export function operatorRefusal(graph: Graph, node: GraphNode, { runtime }: Board): string | undefined {
  if (runtime.toolchain === 'ncc') return floatNodeRefusal(graph, node);
  const [own, ...others] = runtime.kernels;
  const refusal = nodeRefusal(graph, node, own);
  if (refusal === undefined) return undefined;
  const other = others.find((kernels) => nodeRefusal(graph, node, kernels) === undefined);
  return other === undefined ? refusal : `${refusal}, where --kernels ${other} has one`;
}
