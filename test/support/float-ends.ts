import type { Graph, GraphNode, Tensor } from '../../src/models/graph/graph.ts';

/** An int8 graph with QUANTIZE and DEQUANTIZE at its ends, for interpreters that take float32 only. */
export function withFloatEnds(graph: Graph): Graph {
  const tensors: Tensor[] = [...graph.tensors];
  const floatCounterpart = (index: number) =>
    tensors.push({ name: `float ${index}`, shape: graph.tensors[index].shape, dtype: 'float32' }) - 1;
  const inputs = graph.inputs.map(floatCounterpart);
  const outputs = graph.outputs.map(floatCounterpart);
  const node = (op: 'QUANTIZE' | 'DEQUANTIZE', from: number, to: number): GraphNode => ({
    op,
    attributes: {},
    inputs: [from],
    outputs: [to],
  });
  const nodes = [
    ...inputs.map((from, slot) => node('QUANTIZE', from, graph.inputs[slot])),
    ...graph.nodes,
    ...outputs.map((to, slot) => node('DEQUANTIZE', graph.outputs[slot], to)),
  ];
  return { ...graph, tensors, nodes, inputs, outputs };
}
