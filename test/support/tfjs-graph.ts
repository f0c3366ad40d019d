import * as tf from '@tensorflow/tfjs-core';
import { opFor } from '../../src/kernels/index.ts';
import type { OpAttributes, OpType } from '../../src/kernels/index.ts';
import type { Padding } from '../../src/models/graph/attributes.ts';
import { elementCount, type Graph, type GraphNode } from '../../src/models/graph/graph.ts';

type Inputs = readonly tf.Tensor[];
/** One node's call; its inputs are the operands that are neither weights nor indices. */
type Call = (inputs: Inputs) => tf.Tensor | tf.Tensor[];
type Build<T extends OpType> = (
  attributes: OpAttributes[T],
  shapes: number[][],
  constants: Constants,
  outShape: number[],
) => Call;
interface Constants {
  floats(position: number): tf.Tensor;
  ints(position: number): number[];
}

const ACTIVATIONS = { NONE: 'linear', RELU: 'relu', RELU6: 'relu6' } as const;

function fusedActivation(name: string): 'linear' | 'relu' | 'relu6' {
  if (name in ACTIVATIONS) return ACTIVATIONS[name as keyof typeof ACTIVATIONS];
  throw new Error(`the oracle does not fuse ${name}`);
}

function activate(x: tf.Tensor, name: string): tf.Tensor {
  const activation = fusedActivation(name);
  if (activation === 'linear') return x;
  return activation === 'relu' ? tf.relu(x) : tf.relu6(x);
}

const pad = (padding: Padding) => padding.toLowerCase() as 'same' | 'valid';
const unary =
  (of: (x: tf.Tensor) => tf.Tensor): (() => Call) =>
  () =>
  ([x]) =>
    of(x);
const binary =
  (of: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor) =>
  (attributes: { activation?: string }): Call =>
  ([a, b]) =>
    activate(of(a, b), attributes.activation ?? 'NONE');

function pool(kind: 'max' | 'avg') {
  return (a: OpAttributes['MAX_POOL_2D']): Call =>
    ([x]) => {
      const of = kind === 'max' ? tf.maxPool : tf.avgPool;
      const pooled = of(x as tf.Tensor4D, [a.filterH, a.filterW], [a.strideH, a.strideW], pad(a.padding));
      return activate(pooled, a.activation);
    };
}

function paddings(values: number[]): [number, number][] {
  return Array.from({ length: values.length / 2 }, (_, axis) => [values[2 * axis], values[2 * axis + 1]]);
}

function windowOf(a: OpAttributes['CONV_2D']) {
  return {
    strides: [a.strideH, a.strideW] as [number, number],
    pad: pad(a.padding),
    dilations: [a.dilationH, a.dilationW] as [number, number],
    activation: fusedActivation(a.activation),
  };
}

const BUILD: { [T in OpType]?: Build<T> } = {
  CONV_2D: (a, _shapes, constants) => {
    const filter = tf.transpose(constants.floats(1), [1, 2, 3, 0]) as tf.Tensor4D;
    const bias = constants.floats(2);
    return ([x]) => tf.fused.conv2d({ x: x as tf.Tensor4D, filter, bias, ...windowOf(a) });
  },
  DEPTHWISE_CONV_2D: (a, [[, , , inC]], constants) => {
    const weights = constants.floats(1);
    const [, kernelH, kernelW, outC] = weights.shape;
    const filter = tf.reshape(weights, [kernelH, kernelW, inC, outC / inC]) as tf.Tensor4D;
    const bias = constants.floats(2);
    return ([x]) => tf.fused.depthwiseConv2d({ x: x as tf.Tensor4D, filter, bias, ...windowOf(a) });
  },
  FULLY_CONNECTED: (a, _shapes, constants) => {
    const weights = tf.transpose(constants.floats(1)) as tf.Tensor2D;
    const bias = constants.floats(2);
    return ([x]) =>
      tf.fused.matMul({
        a: tf.reshape(x, [-1, weights.shape[0]]),
        b: weights,
        bias,
        activation: fusedActivation(a.activation),
      });
  },
  TRANSPOSE_CONV: (a, _shapes, constants, outShape) => {
    const filter = tf.transpose(constants.floats(1), [1, 2, 0, 3]) as tf.Tensor4D;
    const bias = constants.floats(3);
    return (inputs) => {
      const x = inputs[0] as tf.Tensor4D;
      const out = tf.conv2dTranspose(
        x,
        filter,
        outShape as [number, number, number, number],
        [a.strideH, a.strideW],
        pad(a.padding),
      );
      return activate(tf.add(out, bias), a.activation);
    };
  },
  MAX_POOL_2D: pool('max'),
  AVERAGE_POOL_2D: pool('avg'),
  SOFTMAX:
    ({ beta }) =>
    ([x]) =>
      tf.softmax(beta === 1 ? x : tf.mul(x, beta)),
  LOGISTIC: unary(tf.sigmoid),
  TANH: unary(tf.tanh),
  RELU: unary(tf.relu),
  RELU6: unary(tf.relu6),
  LEAKY_RELU:
    ({ alpha }) =>
    ([x]) =>
      tf.leakyRelu(x, alpha),
  PRELU: (_a, _shapes, constants) => {
    const slopes = constants.floats(1);
    return ([x]) => tf.prelu(x, slopes);
  },
  HARD_SWISH: unary((x) => tf.div(tf.mul(x, tf.relu6(tf.add(x, 3))), 6)),
  ADD: binary(tf.add),
  SUB: binary(tf.sub),
  MUL: binary(tf.mul),
  MAXIMUM: binary(tf.maximum),
  MINIMUM: binary(tf.minimum),
  RESHAPE:
    (_a, _shapes, _constants, outShape) =>
    ([x]) =>
      tf.reshape(x, outShape),
  SQUEEZE:
    (_a, _shapes, _constants, outShape) =>
    ([x]) =>
      tf.reshape(x, outShape),
  EXPAND_DIMS: (_a, _shapes, constants) => {
    const [axis] = constants.ints(1);
    return ([x]) => tf.expandDims(x, axis);
  },
  TRANSPOSE: (_a, _shapes, constants) => {
    const permutation = constants.ints(1);
    return ([x]) => tf.transpose(x, permutation);
  },
  CONCATENATION:
    ({ axis }) =>
    (inputs) =>
      tf.concat([...inputs], axis),
  SPLIT: ({ splits }, _shapes, constants) => {
    const [axis] = constants.ints(0);
    return (inputs) => tf.split(inputs[0], splits, axis);
  },
  STRIDED_SLICE: (a, _shapes, constants) => {
    const [begin, end, strides] = [1, 2, 3].map((position) => constants.ints(position));
    return ([x]) =>
      tf.stridedSlice(
        x,
        begin,
        end,
        strides,
        a.beginMask,
        a.endMask,
        a.ellipsisMask,
        a.newAxisMask,
        a.shrinkAxisMask,
      );
  },
  PAD: (_a, _shapes, constants) => {
    const amounts = paddings(constants.ints(1));
    return ([x]) => tf.pad(x, amounts);
  },
  PADV2: (_a, _shapes, constants) => {
    const amounts = paddings(constants.ints(1));
    const [value] = constants.floats(2).dataSync();
    return ([x]) => tf.pad(x, amounts, value);
  },
  MEAN: ({ keepDims }, _shapes, constants) => {
    const axes = constants.ints(1);
    return ([x]) => tf.mean(x, axes, keepDims);
  },
  SUM: ({ keepDims }, _shapes, constants) => {
    const axes = constants.ints(1);
    return ([x]) => tf.sum(x, axes, keepDims);
  },
  RESIZE_NEAREST_NEIGHBOR:
    (a, _shapes, _constants, [, height, width]) =>
    ([x]) =>
      tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [height, width], a.alignCorners, a.halfPixelCenters),
  RESIZE_BILINEAR:
    (a, _shapes, _constants, [, height, width]) =>
    ([x]) =>
      tf.image.resizeBilinear(x as tf.Tensor4D, [height, width], a.alignCorners, a.halfPixelCenters),
  PACK:
    ({ axis }) =>
    (inputs) =>
      tf.stack([...inputs], axis),
  ARG_MAX: (_a, _shapes, constants) => {
    const [axis] = constants.ints(1);
    return ([x]) => tf.argMax(x, axis);
  },
};

/** Values of a constant; quantized ones as the real numbers that they stand for. */
function realValues(graph: Graph, index: number): Float32Array {
  const { data, dtype, shape, quantization } = graph.tensors[index];
  const buffer = data!.slice().buffer;
  const elements = elementCount(shape);
  if (dtype === 'float32') return new Float32Array(buffer, 0, elements);
  const stored = dtype === 'int8' ? new Int8Array(buffer, 0, elements) : new Int32Array(buffer, 0, elements);
  const inner = elementCount(shape.slice((quantization?.axis ?? 0) + 1));
  const { scales, zeroPoints } = quantization ?? { scales: [1], zeroPoints: [0] };
  return Float32Array.from(stored, (value, at) => {
    const channel = scales.length === 1 ? 0 : Math.floor(at / inner) % scales.length;
    return scales[channel] * (value - (zeroPoints[channel] ?? 0));
  });
}

function constantsOf(graph: Graph, node: GraphNode): Constants {
  return {
    floats(position) {
      const index = node.inputs[position];
      return tf.tensor(realValues(graph, index), [...graph.tensors[index].shape], 'float32');
    },
    ints(position) {
      const data = graph.tensors[node.inputs[position]].data!;
      return Array.from(new Int32Array(data.slice().buffer));
    },
  };
}

/** Float constants by tensor index, for operators that take them as they take activations. */
function constantOperands(graph: Graph): tf.Tensor[] {
  return graph.tensors.map(({ data, dtype, shape }, index) =>
    data !== undefined && dtype === 'float32'
      ? tf.tensor(realValues(graph, index), [...shape], 'float32')
      : (undefined as never),
  );
}

/**
 * The network in tfjs calls, float32 whatever the graph's types are: a second implementation that the project did not
 * write. Constants are tensors beforehand; activations are fused where tfjs can.
 */
export function buildTfjs(graph: Graph): (inputs: Inputs) => tf.Tensor[] {
  const steps = graph.nodes.map((node) => {
    const build = BUILD[node.op as OpType] as Build<OpType> | undefined;
    if (build === undefined) throw new Error(`the oracle has no ${node.op}`);
    const shapes = node.inputs.map((index) => (index < 0 ? [] : [...graph.tensors[index].shape]));
    const outShape = [...graph.tensors[node.outputs[0]].shape];
    const call = build(node.attributes as never, shapes, constantsOf(graph, node), outShape);
    const { weightInputs = [], indexInputs = [] } = opFor(node.op)!;
    const activations = node.inputs.filter(
      (_, position) => !weightInputs.includes(position) && !indexInputs.includes(position),
    );
    return { call, activations, outputs: node.outputs };
  });
  const operands = constantOperands(graph);
  return (inputs) => {
    const values = [...operands];
    graph.inputs.forEach((index, position) => (values[index] = inputs[position]));
    for (const { call, activations, outputs } of steps) {
      const results = call(activations.map((index) => values[index]));
      outputs.forEach(
        (index, position) => (values[index] = Array.isArray(results) ? results[position] : results),
      );
    }
    return graph.outputs.map((index) => values[index]);
  };
}
