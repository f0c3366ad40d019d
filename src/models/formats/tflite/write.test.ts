import { ByteBuffer } from 'flatbuffers';
import { describe, expect, it, test } from 'vitest';
import { tfliteFile } from '../../../../test/fixtures/tflite-file.ts';
import { TINY_FLOAT, TINY_INT8 } from '../../../../test/fixtures/tiny-models.ts';
import { SUBGRAPH } from './codecs.ts';
import type { Field } from './op-storage.ts';
import { OPS, type OpAttributes, type OpType } from '../../../kernels/index.ts';
import { buildGraph } from '../../specs/builder.ts';
import type { DType, Graph, GraphNode, Tensor } from '../../graph/graph.ts';
import { readTflite } from '../../../files/tflite.ts';
import { createOpTable } from './op-table.ts';
import { BuiltinOperator, Model } from './schema/schema.ts';
import { writeTflite as writeWith } from './write.ts';
import { writeTflite } from '../../../files/tflite.ts';

const ALL_ATTRIBUTES = {
  padding: 'VALID',
  activation: 'RELU6',
  strideH: 3,
  strideW: 2,
  dilationH: 4,
  dilationW: 5,
  depthMultiplier: 2,
  filterH: 6,
  filterW: 7,
  keepNumDims: true,
  keepDims: true,
  beta: 0.5,
  alpha: 0.25,
  newShape: [-1, 9],
  squeezeDims: [1, 2],
  axis: -1,
  splits: 2,
  values: 3,
  alignCorners: true,
  halfPixelCenters: true,
  beginMask: 1,
  endMask: 2,
  ellipsisMask: 4,
  newAxisMask: 8,
  shrinkAxisMask: 16,
  offset: true,
  batchDims: 1,
  blockSize: 2,
  mode: 1,
  adjX: true,
  adjY: true,
  rank: 3,
  cellClip: 0.75,
  projClip: 1.5,
  timeMajor: true,
  exclusive: true,
  reverse: true,
  container: 'shelf',
  name: 'sum',
  maxDetections: 10,
  maxClassesPerDetection: 2,
  detectionsPerClass: 50,
  useRegularNms: true,
  scoreThreshold: 0.25,
  iouThreshold: 0.5,
  classes: 4,
  yScale: 10,
  xScale: 11,
  hScale: 5,
  wScale: 4.5,
} as const;

const image = (dtype: DType = 'float32'): Tensor => ({ name: 'x', shape: [1, 4, 4, 2], dtype });
const oneNode = (node: GraphNode, tensors: readonly Tensor[]): Graph => ({
  name: 'one',
  format: 'tflite',
  tensors,
  nodes: [node],
  inputs: node.inputs.filter((index) => index >= 0),
  outputs: [...node.outputs],
  fileBytes: 0,
});

/** What a file stores of a graph. */
const stored = ({ tensors, nodes, inputs, outputs }: Graph) => ({ tensors, nodes, inputs, outputs });
const reread = (graph: Graph) => stored(readTflite(writeTflite(graph), graph.name));
const open = (graph: Graph) => Model.getRootAsModel(new ByteBuffer(writeTflite(graph)));

test.each([
  ['float32', TINY_FLOAT],
  ['int8', TINY_INT8],
])('a %s network reads back as it was', (_, model) => {
  const graph = readTflite(tfliteFile(model), 'tiny');
  expect(reread(graph)).toEqual(stored(graph));
});

const writable = Object.values(OPS).filter(({ tflite: { fields = {} } }) =>
  Object.values<Field>(fields).every(([, codec]) => codec !== SUBGRAPH),
);

test.each(writable.map((op) => [op.type, op.tflite] as const))(
  '%s reads back with all its attributes',
  (op, { fields = {} }) => {
    const attributes = Object.fromEntries(
      Object.keys(fields).map((name) => [name, ALL_ATTRIBUTES[name as keyof typeof ALL_ATTRIBUTES]]),
    );
    const graph = oneNode({ op, attributes, inputs: [0, 0, 0], outputs: [1] }, [image(), image()]);
    expect(reread(graph).nodes).toEqual(graph.nodes);
  },
);

it('keeps signatures, variables, quantization along an axis, scalars and zero points', () => {
  const graph = readTflite(tfliteFile(TINY_INT8), 'tiny');
  const extra: Tensor[] = [
    { name: 'state', shape: [1, 8], dtype: 'int16', isVariable: true },
    { name: 'scalar', shape: [], dtype: 'float32', data: new Uint8Array(4), isConstant: true },
    {
      name: 'naïve ✓',
      shape: [1, 3],
      dtype: 'int8',
      quantization: { scales: [0.5], zeroPoints: [-7], axis: 0 },
    },
    {
      name: 'by channel',
      shape: [1, 2],
      dtype: 'int8',
      shapeSignature: [-1, 2],
      quantization: { scales: [0.5, 0.25], zeroPoints: [0, 3], axis: 1 },
    },
  ];
  const more = { ...graph, tensors: [...graph.tensors, ...extra] };
  expect(reread(more).tensors).toEqual(more.tensors);
});

describe('a file', () => {
  const graph = readTflite(tfliteFile(TINY_INT8), 'tiny');
  const model = open(graph);
  const buffers = Array.from({ length: model.buffersLength() }, (_, index) => model.buffers(index)!);

  it('aligns the data of each buffer to 16 bytes', () => {
    const starts = buffers.map((buffer) => buffer.dataArray()?.byteOffset ?? 0);
    expect(starts.map((start) => start % 16)).toEqual(buffers.map(() => 0));
  });

  it('has no data vector where there is no data, and activations on such a buffer', () => {
    const hasVector = buffers.map((buffer) => buffer.dataArray() !== null);
    expect(hasVector).toEqual(buffers.map((buffer) => buffer.dataLength() > 0));
    const onEmpty = graph.tensors.map((_, index) => model.subgraphs(0)!.tensors(index)!.buffer() === 0);
    expect(onEmpty).toEqual(graph.tensors.map((tensor) => tensor.data === undefined));
  });

  it('names the oldest runtime in 16 bytes of metadata', () => {
    const metadata = model.metadata(0)!;
    const text = new TextDecoder().decode(buffers[metadata.buffer()].dataArray()!);
    expect([metadata.name(), text]).toEqual(['min_runtime_version', '1.14.0'.padEnd(16, '\0')]);
  });

  it('writes each operator code in the old field and the new', () => {
    const codes = Array.from({ length: model.operatorCodesLength() }, (_, index) =>
      model.operatorCodes(index)!,
    );
    const { CONV_2D, RESHAPE, FULLY_CONNECTED } = BuiltinOperator;
    expect(codes.map((code) => [code.deprecatedBuiltinCode(), code.builtinCode(), code.version()])).toEqual([
      [CONV_2D, CONV_2D, 3],
      [RESHAPE, RESHAPE, 1],
      [FULLY_CONNECTED, FULLY_CONNECTED, 4],
    ]);
  });
});

const conv = {
  padding: 'SAME',
  strideH: 1,
  strideW: 1,
  dilationH: 1,
  dilationW: 1,
  activation: 'NONE',
} as const;
const half = { alignCorners: false, halfPixelCenters: true };
const typed = (...dtypes: DType[]) => dtypes.map((dtype) => ({ ...image(dtype), shape: [2, 4, 4, 2] }));
const scaled = (scale: number): Tensor => ({
  ...image('int8'),
  quantization: { scales: [scale], zeroPoints: [0], axis: 0 },
});

// From op_version.cc of TensorFlow: operator, attributes, operands with the output last, version.
const VERSIONS: [OpType, OpAttributes[OpType], Tensor[], number][] = [
  ['CONV_2D', conv, typed('float32', 'float32', 'float32'), 1],
  ['CONV_2D', conv, typed('float32', 'int8', 'float32'), 2],
  ['CONV_2D', conv, typed('int8', 'int8', 'int8'), 3],
  ['DEPTHWISE_CONV_2D', { ...conv, depthMultiplier: 1 }, typed('float32', 'float32', 'float32'), 1],
  [
    'DEPTHWISE_CONV_2D',
    { ...conv, depthMultiplier: 1, dilationH: 2 },
    typed('float32', 'float32', 'float32'),
    2,
  ],
  ['DEPTHWISE_CONV_2D', { ...conv, depthMultiplier: 1, dilationH: 2 }, typed('int8', 'int8', 'int8'), 3],
  ['FULLY_CONNECTED', { activation: 'NONE', keepNumDims: false }, typed('int8', 'int8', 'int32', 'int8'), 4],
  ['FULLY_CONNECTED', { activation: 'NONE', keepNumDims: false }, typed('int8', 'int8', 'int8'), 6],
  [
    'FULLY_CONNECTED',
    { activation: 'NONE', keepNumDims: true },
    typed('float32', 'float32', 'float32', 'float32'),
    5,
  ],
  ['TRANSPOSE_CONV', { ...conv, activation: 'RELU' }, typed('int32', 'float32', 'float32', 'float32'), 4],
  ['TRANSPOSE_CONV', conv, typed('int32', 'int8', 'int8', 'int8'), 2],
  ['MUL', { activation: 'NONE' }, [scaled(0.5), scaled(0.5), scaled(1)], 2],
  ['MUL', { activation: 'NONE' }, [scaled(0.5), scaled(2), scaled(1)], 3],
  ['MUL', { activation: 'NONE' }, typed('int16', 'int16', 'int16'), 4],
  ['RESIZE_BILINEAR', half, typed('int8', 'int32', 'int8'), 3],
  ['RESIZE_BILINEAR', { ...half, halfPixelCenters: false }, typed('int8', 'int32', 'int8'), 2],
  ['SPLIT', { splits: 2 }, typed('int32', 'int8', 'int8'), 2],
  ['RELU', {}, typed('uint8', 'uint8'), 2],
  ['QUANTIZE', {}, typed('float32', 'int16'), 2],
  ['DEQUANTIZE', {}, typed('int8', 'float32'), 2],
  ['SOFTMAX', { beta: 1 }, typed('int16', 'int16'), 3],
];
test.each(VERSIONS)('%s %o of %o is version %#', (op, attributes, operands, version) => {
  const outputs = [operands.length - 1];
  const inputs = operands.slice(0, -1).map((_, index) => index);
  const graph = oneNode({ op, attributes, inputs, outputs }, operands);
  expect(open(graph).operatorCodes(0)!.version()).toBe(version);
});

test('operators of one kind and version share one code', () => {
  const relus = [0, 1, 2].map((from): GraphNode => ({
    op: 'RELU',
    attributes: {},
    inputs: [from],
    outputs: [from + 1],
  }));
  const graph = {
    ...oneNode(
      relus[0],
      [0, 1, 2, 3].map(() => image()),
    ),
    nodes: relus,
    outputs: [3],
  };
  expect(open(graph).operatorCodesLength()).toBe(1);
});

it('gives a convolution without bias one of zeros, scaled as its products, and a dense layer none', () => {
  const operands = [scaled(0.5), scaled(0.25), image('int8')];
  const written = reread(
    oneNode({ op: 'CONV_2D', attributes: conv, inputs: [0, 1, -1], outputs: [2] }, operands),
  );
  expect(written.nodes[0].inputs).toEqual([0, 1, 3]);
  expect(written.tensors[3]).toMatchObject({
    shape: [1],
    dtype: 'int32',
    data: new Uint8Array(4),
    quantization: { scales: [0.125], zeroPoints: [0], axis: 0 },
  });
  const attributes = { activation: 'NONE', keepNumDims: false };
  const dense = oneNode({ op: 'FULLY_CONNECTED', attributes, inputs: [0, 1, -1], outputs: [2] }, operands);
  expect(reread(dense).nodes[0].inputs).toEqual([0, 1, -1]);
});

describe('what cannot be written is told in one line', () => {
  const spec = buildGraph({ input: [4, 4, 1], layers: 'conv 2 3x3' }, 'spec');
  const custom = oneNode({ op: 'CUSTOM:fft', attributes: {}, inputs: [0], outputs: [1] }, [image(), image()]);
  const short = oneNode({ op: 'RELU', attributes: {}, inputs: [0], outputs: [1] }, [
    { ...image(), data: new Uint8Array(5), isConstant: true },
    image(),
  ]);
  test.each([
    ['a builder spec', spec, /^spec: tensor 1 \("conv1\/weights"\) is a constant without values/],
    ['a custom operator', custom, /^one: op 0 \("CUSTOM:fft"\) cannot be written/],
    ['data that its shape does not fit', short, /^one: tensor 0 \("x"\) has 5 bytes of data, .* takes 128$/],
    ['a damaged graph', { ...custom, outputs: [7] }, /^one: output of the network names tensor 7/],
  ])('%s', (_, graph, message) => {
    expect(() => writeTflite(graph)).toThrow(message);
  });
});

it('a custom operator keeps its name, and is written by who understands it alone', () => {
  const graph = oneNode({ op: 'CUSTOM:Cube', attributes: {}, inputs: [0], outputs: [1] }, [image(), image()]);
  const table = createOpTable([{ type: 'CUSTOM:Cube', tflite: { versions: { runtimes: '2.4.0' } } }]);
  const bytes = writeWith(graph, table);
  expect(readTflite(bytes, 'one').nodes).toEqual(graph.nodes);
  expect(Model.getRootAsModel(new ByteBuffer(bytes)).operatorCodes(0)!.builtinCode()).toBe(
    BuiltinOperator.CUSTOM,
  );
  expect(() => writeTflite(graph)).toThrow('op 0 ("CUSTOM:Cube") cannot be written');
});
