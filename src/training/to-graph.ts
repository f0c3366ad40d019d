import type { SpecLayer } from '../models/specs/builder.ts';
import type { Graph, Tensor } from '../models/graph/graph.ts';
import type { TrainLayer } from './train-layers.ts';
import type { Snapshot } from './network.ts';

/** Constants of one layer in the order of the graph; bias absent where the layer has none. */
type Constants = Float32Array[];

/**
 * The graph of a spec with the trained values in its constants. Batch normalization folds into the affine layer before
 * it, as converters do and as the builder has laid out; elsewhere it is a factor and an offset.
 */
export function fillGraph(
  graph: Graph,
  specs: readonly SpecLayer[],
  layers: readonly TrainLayer[],
  snapshot: Snapshot,
): Graph {
  const constants = layerConstants(specs, layers, snapshot).flat();
  let next = 0;
  const tensors = graph.tensors.map((tensor): Tensor => {
    if (!tensor.isConstant || tensor.data) return tensor;
    const values = constants[next++];
    return { ...tensor, data: new Uint8Array(Float32Array.from(values).buffer) };
  });
  return { ...graph, tensors };
}

function layerConstants(
  specs: readonly SpecLayer[],
  layers: readonly TrainLayer[],
  { parameters, statistics }: Snapshot,
): Constants[] {
  const found: Constants[] = [];
  // The affine layer that a batch normalization right after it folds into.
  let open = -1;
  layers.forEach(({ affine, batchNorm }, index) => {
    const own = parameters[index];
    if (batchNorm) {
      const { scale, offset } = batchNorm.fold(own[0], own[1], statistics[index]!);
      found.push(open < 0 ? [scale, offset] : []);
      if (open >= 0) found[open] = foldInto(found[open], layers[open], scale, offset);
    } else {
      found.push(affine ? [affine.stored(own[0]), ...own.slice(1)] : []);
      open = affine?.foldable && !specs[index].isNamed ? index : -1;
    }
    if (specs[index].isNamed) open = -1;
  });
  return found;
}

function foldInto(
  [weights, bias]: Constants,
  { affine }: TrainLayer,
  scale: Float32Array,
  offset: Float32Array,
): Constants {
  const { outputs, outputsAreInner } = affine!;
  const inner = weights.length / outputs;
  const outputOf = (at: number) => (outputsAreInner ? at % outputs : Math.floor(at / inner));
  return [
    weights.map((value, at) => value * scale[outputOf(at)]),
    bias.map((value, output) => value * scale[output] + offset[output]),
  ];
}
