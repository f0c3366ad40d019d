import { graphWork } from '../kernels/execute/graph-work.ts';
import type { Graph } from '../models/graph/graph.ts';
import { isKmodel, type Model } from '../models/formats/model.ts';
import { kmodelSupport } from './kmodel-support.ts';
import type { TracedLayer, TracedNetwork } from './ncc/trace-network.ts';

/** What a model is made of, in the words in which measurements are described: TFLite's operators and square kernels. */
export interface ModelFacts {
  readonly ops: readonly string[];
  readonly kernelSizes: readonly number[];
  readonly macs: number;
}

/** Throws what `graphWork` throws for a network, what `traceKmodel` throws for a kmodel. */
export function factsOf(model: Model): ModelFacts {
  return isKmodel(model) ? factsOfTraced(kmodelSupport(model).trace(model)) : factsOfGraph(model);
}

function factsOfGraph(graph: Graph): ModelFacts {
  return { ...uncountedFactsOf(graph), macs: graphWork(graph).totals.macs };
}

/** What a network is made of without what takes longest, to count its multiply-accumulates. */
export function uncountedFactsOf({ nodes, tensors }: Graph): Omit<ModelFacts, 'macs'> {
  const convs = nodes.filter(({ op }) => op === 'CONV_2D' || op === 'DEPTHWISE_CONV_2D');
  return {
    ops: nodes.map(({ op }) => op),
    kernelSizes: convs.flatMap((node) => tensors[node.inputs[1]]?.shape.slice(1, 3) ?? []),
  };
}

/** Operators that a layer stands for; conversions stand for none. */
const OPERATORS: Readonly<Record<string, string>> = {
  Add: 'ADD',
  QuantizedAdd: 'ADD',
  GlobalAveragePool2d: 'MEAN',
  MaxPool2d: 'MAX_POOL_2D',
  QuantizedMaxPool2d: 'MAX_POOL_2D',
  AveragePool2d: 'AVERAGE_POOL_2D',
  L2Normalization: 'L2_NORMALIZATION',
  Softmax: 'SOFTMAX',
  Logistic: 'LOGISTIC',
  Concat: 'CONCATENATION',
  QuantizedConcat: 'CONCATENATION',
  FullyConnected: 'FULLY_CONNECTED',
  TensorflowFlatten: 'RESHAPE',
  ResizeNearestNeighbor: 'RESIZE_NEAREST_NEIGHBOR',
  QuantizedResizeNearestNeighbor: 'RESIZE_NEAREST_NEIGHBOR',
};

function factsOfTraced({ layers }: TracedNetwork): ModelFacts {
  const facts = layers.map((layer) => layerFacts(layer, layers));
  return {
    ops: facts.flatMap(({ op }) => op ?? []),
    kernelSizes: facts.flatMap(({ op, kernel }) => (op === 'FULLY_CONNECTED' ? [] : (kernel ?? []))),
    macs: facts.reduce((sum, { macs }) => sum + macs, 0),
  };
}

/** Multiply-accumulates that the network asks of a layer. */
export function networkMacs(layer: TracedLayer, layers: readonly TracedLayer[]): number {
  return layerFacts(layer, layers).macs;
}

/** A Dense on the KPU counts once and not for each pixel of its padded map. */
function layerFacts(
  { type, kpu, inputs, shape }: TracedLayer,
  layers: readonly TracedLayer[],
): { readonly op: string | undefined; readonly kernel?: number; readonly macs: number } {
  const source = layers[inputs[0] ?? -1];
  if (!kpu) {
    const { h, w, c } = source?.shape ?? shape;
    return { op: OPERATORS[type], macs: type === 'FullyConnected' ? h * w * c * shape.c : 0 };
  }
  const { inH, inW, inC, outC, kernel, depthwise } = kpu;
  if (source?.type === 'K210AddPadding') return { op: 'FULLY_CONNECTED', kernel, macs: inC * outC };
  const macs = inH * inW * outC * kernel * kernel * (depthwise ? 1 : inC);
  return { op: depthwise ? 'DEPTHWISE_CONV_2D' : 'CONV_2D', kernel, macs };
}
