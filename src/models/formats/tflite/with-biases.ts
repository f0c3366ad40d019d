import { elementCount, type Graph, type GraphNode, type Tensor } from '../../graph/graph.ts';
import type { OpTable } from './op-table.ts';

/** The graph with a bias of zeros for each operator that needs one and has none. */
export function withBiases(graph: Graph, ops: OpTable): Graph {
  const tensors: Tensor[] = [...graph.tensors];
  const nodes = graph.nodes.map((node): GraphNode => {
    const { needsBias = false, axis } = ops.byName.get(node.op)?.weighted ?? {};
    const [input, weights, bias = -1] = node.inputs;
    if (!needsBias || axis === undefined || bias !== -1) return node;
    const zeros = zeroBias(tensors[input], tensors[weights], axis, node.outputs[0]);
    return { ...node, inputs: [input, weights, tensors.push(zeros) - 1] };
  });
  return tensors.length === graph.tensors.length ? graph : { ...graph, tensors, nodes };
}

function zeroBias(input: Tensor, weights: Tensor, axis: number, output: number): Tensor {
  const shape = [weights.shape[axis]];
  const isInteger = input.dtype !== 'float32';
  const bytesEach = input.dtype === 'int16' ? 8 : 4;
  const inputScale = input.quantization?.scales[0] ?? 0;
  const scales = weights.quantization?.scales.map((scale) => Math.fround(scale * inputScale)) ?? [];
  return {
    name: `bias of ${output}`,
    shape,
    dtype: isInteger ? (bytesEach === 8 ? 'int64' : 'int32') : 'float32',
    data: new Uint8Array(elementCount(shape) * bytesEach),
    isConstant: true,
    ...(isInteger && { quantization: { scales, zeroPoints: scales.map(() => 0), axis: 0 } }),
  };
}
