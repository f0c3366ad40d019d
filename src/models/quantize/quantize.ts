import { SpecError, UnsupportedOpError } from '../../errors.ts';
import { estimateFileBytes } from '../graph/file-estimate.ts';
import type { Graph, GraphNode, Quantization, Tensor } from '../graph/graph.ts';
import { quote } from '../graph/quote.ts';
import { ROW_BY_OP } from '../formats/tflite/op-map.ts';
import { floatsOf, quantizeBias, quantizeOperand, quantizeWeights } from './constants.ts';
import { asymmetricInt8, extendRange, uniteRanges, type ValueRange } from './ranges.ts';
import { groupByScale } from './scale-groups.ts';

/** Told the values of a float tensor of one calibration run. */
export type Observe = (tensor: number, values: ArrayLike<number>) => void;

/** Input slots of data, weights and bias, and the axis of the weights that has a scale for each slice. */
interface WeightSlots {
  readonly data: number;
  readonly weights: number;
  readonly bias: number;
  readonly axis?: number;
}

// TFLite quantizes convolutions by output channel, dense layers as a whole.
const WEIGHTED: Readonly<Record<string, WeightSlots>> = {
  CONV_2D: { data: 0, weights: 1, bias: 2, axis: 0 },
  DEPTHWISE_CONV_2D: { data: 0, weights: 1, bias: 2, axis: 3 },
  TRANSPOSE_CONV: { data: 2, weights: 1, bias: 3, axis: 0 },
  FULLY_CONNECTED: { data: 0, weights: 1, bias: 2 },
};
const NOT_FLOAT = new Set(['QUANTIZE', 'DEQUANTIZE']);

/**
 * A float32 network in int8, inputs and outputs too, by TFLite's scheme of post-training quantization: symmetric
 * weights (by channel for convolutions), int32 biases, asymmetric activations over the range that `calibrate` shows.
 * `calibrate` runs the float network on its images and passes on each input and each node's float outputs. Throws a
 * SpecError that names a tensor without range, an UnsupportedOpError for an op that has no int8 form.
 */
export function quantizeGraph(graph: Graph, calibrate: (observe: Observe) => void): Graph {
  checkOps(graph);
  const parameters = activationParameters(graph, observedRanges(graph, calibrate));
  const tensors: Tensor[] = graph.tensors.map((tensor, index) => {
    const quantization = parameters.get(index);
    if (!quantization) return tensor;
    return tensor.data ? quantizeOperand(tensor, quantization) : { ...tensor, dtype: 'int8', quantization };
  });
  const done = new Map<number, number>();
  graph.nodes.forEach((node, index) => quantizeWeighted(graph, tensors, node, index, done));
  return { ...graph, tensors, fileBytes: estimateFileBytes(tensors, graph.nodes.length) };
}

function describe({ name, tensors }: Graph, index: number): string {
  return `${name}: tensor ${index} (${quote(tensors[index].name)})`;
}

function checkOps(graph: Graph): void {
  graph.nodes.forEach(({ op, outputs }, index) => {
    if (ROW_BY_OP.has(op) && !NOT_FLOAT.has(op)) return;
    const where = `${graph.name}: op ${index} (${quote(op)})`;
    const what = NOT_FLOAT.has(op) ? 'the network is quantized in part already' : 'has no int8 form here';
    throw new UnsupportedOpError(`${where}: ${what}; pass a float32 network (output tensor ${outputs[0]})`);
  });
}

function observedRanges(graph: Graph, calibrate: (observe: Observe) => void): Map<number, ValueRange> {
  const ranges = new Map<number, ValueRange>();
  calibrate((tensor, values) => {
    if (graph.tensors[tensor].dtype !== 'float32' || values.length === 0) return;
    ranges.set(tensor, extendRange(ranges.get(tensor), values, describe(graph, tensor)));
  });
  return ranges;
}

/** Constants that take their own parameters: weights and biases. */
function weightTensors(graph: Graph): Set<number> {
  const found = new Set<number>();
  for (const { op, inputs } of graph.nodes) {
    const slots = WEIGHTED[op];
    if (!slots) continue;
    for (const slot of [slots.weights, slots.bias]) {
      const index = inputs[slot] ?? -1;
      if (graph.tensors[index]?.isConstant) found.add(index);
    }
  }
  return found;
}

/** Parameters of all float tensors but weights and biases: of activations and of constant operands. */
function activationParameters(graph: Graph, ranges: Map<number, ValueRange>): Map<number, Quantization> {
  const own = weightTensors(graph);
  const used = new Set([
    ...graph.inputs,
    ...graph.nodes.flatMap(({ inputs, outputs }) => [...inputs, ...outputs]),
  ]);
  const members = [...used].filter((index) => graph.tensors[index]?.dtype === 'float32' && !own.has(index));
  const { groupOf, fixed } = groupByScale(graph);
  const united = new Map<number, ValueRange>();
  for (const index of members) {
    const range = ranges.get(index) ?? constantRange(graph, index);
    united.set(groupOf(index), uniteRanges(united.get(groupOf(index)), range));
  }
  const byGroup = new Map(
    [...united].map(([group, range]) => [group, fixed.get(group) ?? asymmetricInt8(range)]),
  );
  return new Map(members.map((index) => [index, byGroup.get(groupOf(index))!]));
}

function constantRange(graph: Graph, index: number): ValueRange {
  const tensor = graph.tensors[index];
  if (tensor.data) return extendRange(undefined, floatsOf(tensor), describe(graph, index));
  const why = tensor.isConstant
    ? 'is a constant without values, as in a builder spec; train the network first'
    : 'was never seen in calibration; pass at least one image';
  throw new SpecError(`${describe(graph, index)} ${why}`);
}

/** Replaces a node's weights and bias; `done` remembers the input that a bias was scaled for. */
function quantizeWeighted(
  graph: Graph,
  tensors: Tensor[],
  { op, inputs }: GraphNode,
  index: number,
  done: Map<number, number>,
): void {
  const slots = WEIGHTED[op];
  if (!slots) return;
  const weights = inputs[slots.weights];
  const bias = inputs[slots.bias] ?? -1;
  if (graph.tensors[weights].isConstant && !done.has(weights)) {
    requireValues(graph, weights);
    tensors[weights] = quantizeWeights(graph.tensors[weights], slots.axis);
    done.set(weights, weights);
  }
  if (bias === -1) return;
  const input = tensors[inputs[slots.data]].quantization!.scales[0];
  if (done.has(bias) && done.get(bias) !== input) {
    throw new SpecError(
      `${graph.name}: op ${index} (${op}): its bias serves two inputs of different scale; copy it`,
    );
  }
  requireValues(graph, bias);
  tensors[bias] = quantizeBias(graph.tensors[bias], input, tensors[weights].quantization!.scales);
  done.set(bias, input);
}

function requireValues(graph: Graph, index: number): void {
  if (!graph.tensors[index].data) constantRange(graph, index);
}
