import type { Graph } from '../../models/graph/graph.ts';
import { LoweringContext, mapShape, type NccOptions } from './context.ts';
import { inKmodelOrder, type NccLayer, type NccNetwork } from './ncc-network.ts';
import { lowerConv } from './lower-conv.ts';
import { lowerDense } from './lower-dense.ts';
import {
  lowerAdd,
  lowerConcat,
  lowerMean,
  lowerNothing,
  lowerPad,
  lowerPool,
  lowerReshape,
  lowerTo,
} from './lower-others.ts';

const LOWERINGS: Readonly<Record<string, (context: LoweringContext, index: number) => void>> = {
  CONV_2D: lowerConv,
  DEPTHWISE_CONV_2D: lowerConv,
  FULLY_CONNECTED: lowerDense,
  MAX_POOL_2D: lowerPool,
  AVERAGE_POOL_2D: lowerPool,
  MEAN: lowerMean,
  ADD: lowerAdd,
  CONCATENATION: lowerConcat,
  SOFTMAX: lowerTo('Softmax'),
  LOGISTIC: lowerTo('Logistic'),
  L2_NORMALIZATION: lowerTo('L2Normalization'),
  RESIZE_NEAREST_NEIGHBOR: lowerTo('ResizeNearestNeighbor'),
  RESHAPE: lowerReshape,
  SQUEEZE: lowerReshape,
  EXPAND_DIMS: lowerReshape,
  PAD: lowerPad,
  QUANTIZE: lowerNothing,
  DEQUANTIZE: lowerNothing,
};

/** Operators that some kmodel v3 layer takes over. */
export const NCC_OPS: readonly string[] = Object.keys(LOWERINGS);

/** What a user can do instead, by op. */
const ADVICE: Readonly<Record<string, string>> = {
  RELU: 'put it directly behind a convolution, where it is fused',
  RELU6: 'put it directly behind a convolution, where it is fused',
  LEAKY_RELU: 'put it directly behind a convolution, where it is fused',
  PRELU: 'use LEAKY_RELU or RELU behind a convolution',
  HARD_SWISH: 'use RELU6',
  TANH: 'use LOGISTIC or RELU',
  TRANSPOSE_CONV: 'use RESIZE_NEAREST_NEIGHBOR and a 3x3 convolution',
  RESIZE_BILINEAR: 'use RESIZE_NEAREST_NEIGHBOR',
};

export interface LoweredNetwork extends NccNetwork {
  readonly warnings: readonly string[];
}

/**
 * The network as ncc 0.1.0-rc5 lowers it (docs/hardware/k210.md#transforms), layers in the kmodel's order.
 * Throws an UnsupportedOpError that names op, index and unit where kmodel v3 has no layer for it.
 */
export function lowerGraph(graph: Graph, options: NccOptions): LoweredNetwork {
  const context = new LoweringContext(graph, options);
  for (const tensor of graph.inputs) {
    const shape = mapShape(graph.tensors[tensor]!.shape);
    const placement = { rule: 'ncc/input', reason: 'the network input' };
    context.values.set(
      tensor,
      context.builder.add({ type: 'Input', inputs: [], shape, node: null, placement }),
    );
  }
  graph.nodes.forEach((_, index) => {
    if (!context.fused.has(index)) lowerNode(context, index);
  });
  const outputs = graph.outputs.map((tensor) => context.values.get(tensor)!);
  const network = inKmodelOrder({ layers: withTensors(context), outputs });
  return { layers: network.layers, outputs: network.outputs, warnings: context.warnings };
}

/** The layers with the tensors that they hold; a KPU layer and its RemovePadding hold those of the Dequantize behind them. */
function withTensors({ builder: { layers }, values }: LoweringContext): NccLayer[] {
  // In place, for the layers are the builder's own: copies of them cost more than all else here, and sweeps live here.
  for (const [tensor, position] of values) {
    let holder: number | undefined = position;
    while (holder !== undefined && layers[holder]!.tensor === undefined) {
      const layer: NccLayer & { tensor?: number } = layers[holder]!;
      layer.tensor = tensor;
      holder =
        layer.type === 'Dequantize' || layer.type === 'K210RemovePadding' ? layer.inputs[0] : undefined;
    }
  }
  return layers;
}

function lowerNode(context: LoweringContext, index: number): void {
  const { op } = context.graph.nodes[index]!;
  const lowering = LOWERINGS[op];
  if (lowering) return lowering(context, index);
  const advice = ADVICE[op];
  context.refuse(
    index,
    `kmodel v3 has no layer for it, so ncc 0.1 refuses the model${advice ? `; ${advice}` : ''}`,
  );
}
