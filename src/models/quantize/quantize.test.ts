import { describe, expect, it, test } from 'vitest';
import { buildGraph } from '../specs/builder.ts';
import { elementCount, type Graph, type GraphNode, type Tensor } from '../graph/graph.ts';
import { readTflite } from '../../files/tflite.ts';
import { writeTflite } from '../../files/tflite.ts';
import { quantizeGraph } from '../../files/int8-graph.ts';
import type { Observe } from './quantize.ts';
import { asymmetricInt8 } from './ranges.ts';

const bytesOf = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer);
const float = (name: string, shape: readonly number[], data?: Uint8Array): Tensor => ({
  name,
  shape,
  dtype: 'float32',
  ...(data && { data, isConstant: true }),
});
const graphOf = (tensors: readonly Tensor[], nodes: readonly GraphNode[], output: number): Graph => ({
  name: 'net',
  format: 'builder',
  tensors,
  nodes,
  inputs: [0],
  outputs: [output],
  fileBytes: 0,
});
const node = (op: string, inputs: readonly number[], output: number, attributes: object = {}): GraphNode => ({
  op,
  attributes,
  inputs,
  outputs: [output],
});
/** Shows each named tensor the two ends of its range. */
const show =
  (ranges: Readonly<Record<number, readonly [number, number]>>) =>
  (observe: Observe): void =>
    Object.entries(ranges).forEach(([tensor, ends]) => observe(Number(tensor), ends));

const conv = { padding: 'VALID', strideH: 1, strideW: 1, dilationH: 1, dilationW: 1, activation: 'NONE' };
const dense = { activation: 'NONE', keepNumDims: false };

// By hand: scale = (high - low) / 255 with zero inside, zero point = -128 - low / scale, halves away from zero.
test.each([
  [0, 255, 1, -128],
  [-255, 0, 1, 127],
  [-127.5, 127.5, 1, -1],
  [10, 510, 2, -128],
  [-1020, -3, 4, 127],
  [-1, 254, 1, -127],
])('a range from %f to %f has scale %f and zero point %i', (low, high, scale, zeroPoint) => {
  expect(asymmetricInt8({ low, high })).toEqual({ scales: [scale], zeroPoints: [zeroPoint], axis: 0 });
});

it('quantizes a convolution by output channel, its bias at the scale of the products', () => {
  const tensors = [
    float('x', [1, 1, 1, 2]),
    float('w', [2, 1, 1, 2], bytesOf(127, -63.4, 0.5, 1.27)),
    float('b', [2], bytesOf(10, -0.3)),
    float('y', [1, 1, 1, 2]),
  ];
  const graph = graphOf(tensors, [node('CONV_2D', [0, 1, 2], 3, conv)], 3);
  const [x, w, b, y] = quantizeGraph(graph, show({ 0: [0, 255], 3: [-51, 204] })).tensors;
  expect(x.quantization).toEqual({ scales: [1], zeroPoints: [-128], axis: 0 });
  const scales = [1, Math.fround(0.01)];
  expect(w).toMatchObject({ dtype: 'int8', quantization: { scales, zeroPoints: [0, 0], axis: 0 } });
  expect([...new Int8Array(w.data!.slice().buffer)]).toEqual([127, -63, 50, 127]);
  expect(b).toMatchObject({ dtype: 'int32', quantization: { scales, zeroPoints: [0, 0], axis: 0 } });
  expect([...new Int32Array(b.data!.slice().buffer)]).toEqual([10, -30]);
  expect(y).toMatchObject({ dtype: 'int8', quantization: { scales: [1], zeroPoints: [-77], axis: 0 } });
});

it('quantizes depthwise weights along their last axis and dense weights as a whole', () => {
  const depthwise = graphOf(
    [float('x', [1, 1, 2, 2]), float('w', [1, 1, 2, 2], bytesOf(1, 20, -2, 10)), float('y', [1, 1, 1, 2])],
    [node('DEPTHWISE_CONV_2D', [0, 1, -1], 2, { ...conv, depthMultiplier: 1 })],
    2,
  );
  const byChannel = quantizeGraph(depthwise, show({ 0: [0, 1], 2: [0, 1] })).tensors[1];
  expect(byChannel.quantization).toMatchObject({ scales: [2 / 127, 20 / 127].map(Math.fround), axis: 3 });
  const fullyConnected = graphOf(
    [float('x', [1, 2]), float('w', [2, 2], bytesOf(1, 20, -2, 10)), float('y', [1, 2])],
    [node('FULLY_CONNECTED', [0, 1, -1], 2, dense)],
    2,
  );
  const whole = quantizeGraph(fullyConnected, show({ 0: [0, 1], 2: [0, 1] })).tensors[1];
  expect(whole.quantization).toEqual({ scales: [Math.fround(20 / 127)], zeroPoints: [0], axis: 0 });
});

describe('scales', () => {
  const shape = [1, 2, 2, 1];
  const pool = { padding: 'SAME', strideH: 1, strideW: 1, filterH: 2, filterW: 2, activation: 'NONE' };

  it('are one where values are only moved or chosen, over the range of all', () => {
    const graph = graphOf(
      [float('x', shape), float('pooled', shape), float('y', [1, 2, 2, 2])],
      [node('MAX_POOL_2D', [0], 1, pool), node('CONCATENATION', [0, 1], 2, { axis: 3, activation: 'NONE' })],
      2,
    );
    const { tensors } = quantizeGraph(graph, show({ 0: [-55, 100], 1: [0, 200], 2: [-55, 200] }));
    expect(tensors.map(({ quantization }) => quantization!.scales)).toEqual([[1], [1], [1]]);
  });

  test.each([
    ['SOFTMAX', 1 / 256, -128],
    ['LOGISTIC', 1 / 256, -128],
    ['TANH', 1 / 128, 0],
  ])('of %s are what its kernel demands, also behind a RESHAPE', (op, scale, zeroPoint) => {
    const graph = graphOf(
      [float('x', shape), float('p', shape), float('y', [1, 4])],
      [node(op, [0], 1, op === 'SOFTMAX' ? { beta: 1 } : {}), node('RESHAPE', [1], 2, { newShape: [1, 4] })],
      2,
    );
    const { tensors } = quantizeGraph(graph, show({ 0: [-9, 9], 1: [0.1, 0.2], 2: [0.1, 0.2] }));
    const wanted = { scales: [scale], zeroPoints: [zeroPoint], axis: 0 };
    expect(tensors.slice(1).map(({ quantization }) => quantization)).toEqual([wanted, wanted]);
  });

  it('of a constant operand follow its own values', () => {
    const graph = graphOf(
      [float('x', [1, 2]), float('c', [2], bytesOf(0, 51)), float('y', [1, 2])],
      [node('ADD', [0, 1], 2, { activation: 'NONE' })],
      2,
    );
    const { tensors } = quantizeGraph(graph, show({ 0: [0, 1], 2: [0, 52] }));
    expect(tensors[1].quantization).toEqual({ scales: [Math.fround(0.2)], zeroPoints: [-128], axis: 0 });
    expect([...new Int8Array(tensors[1].data!.slice().buffer)]).toEqual([-128, 127]);
  });
});

/** A spec with weights that follow a simple rule. */
function filled(layers: string): Graph {
  const graph = buildGraph({ input: [6, 6, 1], layers }, 'net');
  const tensors = graph.tensors.map((tensor): Tensor => {
    if (!tensor.isConstant || tensor.data) return tensor;
    const values = Array.from(
      { length: elementCount(tensor.shape) },
      (_, index) => ((index * 37) % 19) / 19 - 0.4,
    );
    return { ...tensor, data: bytesOf(...values) };
  });
  return { ...graph, tensors };
}

test.each([
  'conv 3 3x3 relu | flatten | dense 4 | softmax',
  'depthwise 3x3 multiplier=2 | maxpool 2x2 | conv 2 1x1 relu6 bias=false | globalavgpool | dense 3 | sigmoid',
  'conv 2 3x3 same name=a | conv 2 3x3 same | add with=a | relu | avgpool 2x2 | flatten | dense 2 | tanh',
])('"%s" in int8 is all integers, and its file reads back the same', (layers) => {
  const graph = filled(layers);
  const ranges = Object.fromEntries(
    graph.tensors.map((_, index): [number, [number, number]] => [index, [-1, index]]),
  );
  const quantized = quantizeGraph(graph, show(ranges));
  expect(new Set(quantized.tensors.map(({ dtype }) => dtype))).toEqual(new Set(['int8', 'int32']));
  const back = readTflite(writeTflite(quantized), 'net');
  expect(back.tensors.slice(0, quantized.tensors.length)).toEqual(quantized.tensors);
});

describe('what cannot be quantized is told in one line', () => {
  const reluOf = (op: string) => graphOf([float('x', [1, 2]), float('y', [1, 2])], [node(op, [0], 1)], 1);
  test.each([
    [
      'a tensor that no run showed',
      reluOf('RELU'),
      show({ 0: [0, 1] }),
      /tensor 1 \("y"\) was never seen in calibration/,
    ],
    ['NaN', reluOf('RELU'), show({ 0: [0, NaN] }), /tensor 0 \("x"\) is NaN at element 1/],
    ['an unknown op', reluOf('GELU'), show({}), /op 0 \("GELU"\): has no int8 form here/],
    [
      'a quantized network',
      reluOf('DEQUANTIZE'),
      show({}),
      /op 0 \("DEQUANTIZE"\): the network is quantized in part/,
    ],
    [
      'a builder spec',
      buildGraph({ input: [2, 2, 1], layers: 'conv 1 1x1' }),
      show({ 0: [0, 1], 3: [0, 1] }),
      /without values/,
    ],
  ])('%s', (_, graph, calibrate, message) => {
    expect(() => quantizeGraph(graph, calibrate)).toThrow(message);
  });
});
