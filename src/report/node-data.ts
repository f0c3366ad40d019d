import type { Prediction } from '../simulate/prediction.ts';

/**
 * Milliseconds by operator as Model Explorer's node data: a graph "main" whose nodes are named by the operator's position,
 * as its .tflite adapter names them (model-explorer, node_data_builder: ModelNodeData, GraphNodeData, NodeDataResult).
 */
export function nodeData({ steps }: Prediction): object {
  const sums = new Map<number, number>();
  for (const { node, durationMs } of steps) {
    if (node !== null) sums.set(node, (sums.get(node) ?? 0) + durationMs);
  }
  const results = Object.fromEntries([...sums].map(([node, value]) => [`${node}`, { value }]));
  const gradient = [
    { stop: 0, bgColor: 'white' },
    { stop: 1, bgColor: 'red' },
  ];
  return { main: { results, gradient } };
}
