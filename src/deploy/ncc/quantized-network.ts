import type { Graph, GraphNode } from '../../models/graph/graph.ts';
import { SpecError } from '../../errors.ts';
import { clamp, type ValueRange } from '../../numbers.ts';
import { calibrate, type CalibrationOptions, type Normalization, type Ranges } from './calibrate-ranges.ts';
import { floatConstant } from './float-constants.ts';
import { readersOf, type NccLayer, type NccLayerType } from './ncc-network.ts';
import type { LoweredNetwork } from './lower.ts';
import { quantParamOf, type QuantParam } from './quantizer.ts';

/** Layers whose result has a range of its own; other bytes keep the quantization of their input. */
const MEASURED: ReadonlySet<NccLayerType> = new Set<NccLayerType>([
  'K210Conv',
  'Quantize',
  'QuantizedAdd',
  'QuantizedMaxPool2d',
  'QuantizedConcat',
  'QuantizedExclusiveConcat',
  'QuantizedResizeNearestNeighbor',
  'Requantize',
]);

/** A lowered network with the quantization of each layer's bytes. */
export interface QuantizedNetwork {
  readonly graph: Graph;
  readonly network: LoweredNetwork;
  /** Of the layer's result, or of the bytes that it dequantizes; one, or one a channel. */
  paramsOf(position: number): readonly QuantParam[];
}

export interface QuantizeOptions {
  readonly normalization: Normalization;
  /** The converter's --channelwise-output: one scale a channel where a KPU layer's result leaves the network. */
  readonly channelwiseOutput: boolean;
  /** Ranges by tensor that are not measured. */
  readonly given: ReadonlyMap<number, ValueRange>;
}

/** Measures the ranges of all bytes of a lowered network. Throws what `calibrate` throws. */
export function quantizeNetwork(
  graph: Graph,
  network: LoweredNetwork,
  images: readonly Uint8Array[],
  options: QuantizeOptions,
): QuantizedNetwork {
  const { layers } = network;
  const measured = layers.flatMap((layer, position) => (MEASURED.has(layer.type) ? [position] : []));
  const tensors = new Set(measured.map((position) => rangeTensorOf(layers, position)));
  const ranges = rangesOf(graph, network, tensors, images, options);
  const input = inputParam(options.normalization);
  return { graph, network, paramsOf: (position) => paramsOf(layers, ranges, input, position) };
}

/** The given ranges, and those of the other tensors by calibration. Throws a SpecError where images for these are missing. */
function rangesOf(
  graph: Graph,
  network: LoweredNetwork,
  tensors: ReadonlySet<number>,
  images: readonly Uint8Array[],
  options: QuantizeOptions,
): Ranges {
  const known = new Map([...options.given].map(([tensor, range]) => [tensor, [widened(range)]] as const));
  const open = new Set([...tensors].filter((tensor) => !known.has(tensor)));
  if (open.size === 0) return known;
  if (known.size > 0 && images.length === 0) throw missingRange(graph, open);
  return new Map([...calibrate(graph, open, images, calibrationOptions(graph, network, options)), ...known]);
}

/** A range of one value spans one to each side of it, as a measured one does. */
function widened({ low, high }: ValueRange): ValueRange {
  return low === high ? { low: low - 1, high: high + 1 } : { low, high };
}

function missingRange({ name, tensors }: Graph, open: ReadonlySet<number>): SpecError {
  const [first] = open;
  return new SpecError(
    `${name}: no range for tensor ${first} "${tensors[first].name}"` +
      `${open.size > 1 ? ` and ${open.size - 1} more` : ''}; add it, or give images for the rest with --dataset`,
  );
}

/** The graph tensor whose values a layer's result is; a layer without one only moves those of its input. */
export function tensorOf(layers: readonly NccLayer[], position: number): number {
  const { tensor, inputs } = layers[position];
  return tensor ?? tensorOf(layers, inputs[0]);
}

function rangeTensorOf(layers: readonly NccLayer[], position: number): number {
  return layers[position].rangeTensor ?? tensorOf(layers, position);
}

/** The input's range is not measured: it is that of a normalized byte. */
function inputParam({ mean, std }: Normalization): QuantParam {
  return quantParamOf({ low: (0 - mean) / std, high: (1 - mean) / std });
}

function paramsOf(
  layers: readonly NccLayer[],
  ranges: Ranges,
  input: QuantParam,
  position: number,
): readonly QuantParam[] {
  const { type, inputs } = layers[position];
  if (type === 'Input') return [input];
  if (!MEASURED.has(type)) return paramsOf(layers, ranges, input, inputs[0]);
  return (ranges.get(rangeTensorOf(layers, position)) ?? []).map(quantParamOf);
}

function calibrationOptions(
  graph: Graph,
  network: LoweredNetwork,
  { normalization, channelwiseOutput }: QuantizeOptions,
): CalibrationOptions {
  const extra = new Map<number, Float32Array>();
  network.layers.forEach((layer, position) => {
    const isPaddedDense = network.layers[layer.inputs[0] ?? -1]?.type === 'K210AddPadding';
    if (layer.type === 'K210Conv' && isPaddedDense) {
      extra.set(
        tensorOf(network.layers, position),
        paddingPixels(graph, graph.nodes[layer.node!], layer.shape.c),
      );
    }
  });
  return { normalization, extra, ...(channelwiseOutput ? { channelwise: outputTensors(network) } : {}) };
}

/** Tensors that a KPU layer computes and nothing but the network's output reads. */
function outputTensors({ layers, outputs }: LoweredNetwork): Set<number> {
  const readers = readersOf({ layers, outputs });
  const leaving = outputs.filter(
    (position) =>
      layers[position].type === 'Dequantize' && readers[position].every((reader) => reader === -1),
  );
  const alone = leaving.filter((position) => readers[layers[position].inputs[0]].length === 1);
  return new Set(alone.map((position) => tensorOf(layers, position)));
}

/** A Dense on the KPU computes 4x4 pixels, 15 of them from zeros: they hold its bias, and their range counts. */
function paddingPixels(graph: Graph, node: GraphNode, outputs: number): Float32Array {
  const tensor = node.inputs[2] ?? -1;
  const bias = tensor < 0 ? new Float32Array(outputs) : floatConstant(graph, tensor, node.op);
  const { activation } = node.attributes as { readonly activation: string };
  if (activation === 'NONE') return bias;
  return bias.map((value) => clamp(value, 0, activation === 'RELU6' ? 6 : Infinity));
}
