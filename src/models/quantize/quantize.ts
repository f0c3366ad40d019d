import { SpecError, UnsupportedOpError } from '../../errors.ts';
import { estimateFileBytes } from '../graph/file-estimate.ts';
import type { Graph, GraphNode, Quantization, Tensor } from '../graph/graph.ts';
import { quote } from '../graph/quote.ts';
import type { QuantizedOps } from './op-quantization.ts';
import { floatsOf, quantizeBias, quantizeOperand, quantizeWeights } from './quantize-constants.ts';
import { uniteRanges, type ValueRange } from '../../numbers.ts';
import { asymmetricInt8, extendRange } from './ranges.ts';
import { groupByScale } from './scale-groups.ts';

/** Told the values of a float tensor of one calibration run. */
export type Observe = (tensor: number, values: ArrayLike<number>) => void;

/**
 * A float32 network in int8, inputs and outputs too, by TFLite's scheme of post-training quantization: symmetric
 * weights (by channel for convolutions), int32 biases, asymmetric activations over the range that `calibrate` shows.
 * `calibrate` runs the float network on its images and passes on each input and each node's float outputs. Throws a
 * SpecError that names a tensor without range, an UnsupportedOpError for an op that has no int8 form in `ops`.
 */
export function quantizeGraph(graph: Graph, calibrate: (observe: Observe) => void, ops: QuantizedOps): Graph {
  checkOps(graph, ops);
  const parameters = activationParameters(graph, ops, observedRanges(graph, calibrate));
  const tensors: Tensor[] = graph.tensors.map((tensor, index) => {
    const quantization = parameters.get(index);
    if (!quantization) return tensor;
    return tensor.data ? quantizeOperand(tensor, quantization) : { ...tensor, dtype: 'int8', quantization };
  });
  const state = { graph, ops, tensors, done: new Map<number, number>() };
  graph.nodes.forEach((node, index) => quantizeWeighted(state, node, index));
  return { ...graph, tensors, fileBytes: estimateFileBytes(tensors, graph.nodes.length) };
}

function describe({ name, tensors }: Graph, index: number): string {
  return `${name}: tensor ${index} (${quote(tensors[index].name)})`;
}

function checkOps(graph: Graph, ops: QuantizedOps): void {
  graph.nodes.forEach(({ op, outputs }, index) => {
    const known = ops(op);
    const isConversion = known?.quantization?.isConversion ?? false;
    if (known && !isConversion) return;
    const where = `${graph.name}: op ${index} (${quote(op)})`;
    const what = isConversion ? 'the network is quantized in part already' : 'has no int8 form here';
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
function weightTensors(graph: Graph, ops: QuantizedOps): Set<number> {
  const found = new Set<number>();
  for (const { op, inputs } of graph.nodes) {
    const slots = ops(op)?.weighted;
    if (!slots) continue;
    for (const slot of [slots.weights, slots.bias]) {
      const index = inputs[slot] ?? -1;
      if (graph.tensors[index]?.isConstant) found.add(index);
    }
  }
  return found;
}

/** Parameters of all float tensors but weights and biases: of activations and of constant operands. */
function activationParameters(
  graph: Graph,
  ops: QuantizedOps,
  ranges: Map<number, ValueRange>,
): Map<number, Quantization> {
  const own = weightTensors(graph, ops);
  const used = new Set([
    ...graph.inputs,
    ...graph.nodes.flatMap(({ inputs, outputs }) => [...inputs, ...outputs]),
  ]);
  const members = [...used].filter((index) => graph.tensors[index]?.dtype === 'float32' && !own.has(index));
  const { groupOf, fixed } = groupByScale(graph, ops);
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

interface Quantizing {
  readonly graph: Graph;
  readonly ops: QuantizedOps;
  readonly tensors: Tensor[];
  /** The input that a bias was scaled for. */
  readonly done: Map<number, number>;
}

/** Replaces a node's weights and bias. */
function quantizeWeighted(
  { graph, ops, tensors, done }: Quantizing,
  { op, inputs }: GraphNode,
  index: number,
): void {
  const slots = ops(op)?.weighted;
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
