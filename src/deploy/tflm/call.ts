import { withTotals } from '../../kernels/definition/define-op.ts';
import type { Work } from '../../kernels/definition/op.ts';
import { allSubgraphs } from '../../models/graph/called-subgraphs.ts';
import { elementCount, type Graph } from '../../models/graph/graph.ts';

const CONVOLUTIONS: ReadonlySet<string> = new Set(['CONV_2D', 'DEPTHWISE_CONV_2D']);

/** Counts of the model as a whole, by which the per-call work of the interpreter is priced. */
export function callWork(graph: Graph): Work {
  const counts = {
    operators: sumOver(graph, ({ nodes }) => nodes.length),
    tensors: sumOver(graph, ({ tensors }) => tensors.length),
    modelPixels: pixelsOf(graph),
    modelInputs: graph.inputs.reduce((sum, tensor) => sum + elementCount(graph.tensors[tensor].shape), 0),
    modelOutputs: graph.outputs.reduce((sum, tensor) => sum + elementCount(graph.tensors[tensor].shape), 0),
    preparedChannels: 0,
    preparedConvs: 0,
    preparedDense: 0,
  };
  countPrepared(graph, counts);
  return withTotals({ macs: 0, elements: 0, loadBytes: 0, storeBytes: 0, weightBytes: 0 }, counts);
}

/** Pixels of the first input, or its numbers where it is no map; none where the model has no input. */
function pixelsOf({ inputs: [first], tensors }: Graph): number {
  if (first === undefined) return 0;
  const { shape } = tensors[first];
  const [, height = 1, width = 1] = shape;
  return shape.length === 4 ? height * width : elementCount(shape);
}

/** A sum over all subgraphs of the file: the interpreter sets them all up. */
function sumOver(graph: Graph, count: (one: Graph) => number): number {
  return allSubgraphs(graph).reduce((sum, one) => sum + count(one), 0);
}

interface PreparedCounts {
  preparedChannels: number;
  preparedConvs: number;
  preparedDense: number;
}

/** What Prepare sets up in double precision for quantized operators. */
function countPrepared(graph: Graph, prepared: PreparedCounts): void {
  for (const node of graph.nodes) {
    if (graph.tensors[node.inputs[0] ?? -1]?.dtype !== 'int8') continue;
    if (node.op === 'FULLY_CONNECTED') prepared.preparedDense += 1;
    if (!CONVOLUTIONS.has(node.op)) continue;
    prepared.preparedConvs += 1;
    prepared.preparedChannels += graph.tensors[node.outputs[0]].shape.at(-1)!;
  }
}
