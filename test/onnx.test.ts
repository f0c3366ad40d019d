import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readOnnx } from '../src/files/onnx/read-onnx.ts';
import { graphFromBytes } from '../src/files/load-model.ts';
import { createExecutor } from '../src/kernels/execute/executor.ts';
import { graphWork } from '../src/kernels/execute/graph-work.ts';
import type { Graph } from '../src/models/graph/graph.ts';
import { onnxFile, type OnnxConstant, type OnnxFile, type OnnxFileNode } from './support/onnx-file.ts';
import { expectRefused } from './support/refused.ts';
import { runCommand, runJson } from './support/run-command.ts';
import { tempFolder } from './support/temp-folder.ts';

const tflitePath = new URL('../examples/models/digits.tflite', import.meta.url).pathname;
const digits = graphFromBytes(readFileSync(tflitePath), 'digits');

const floats = (graph: Graph, tensor: number): Float32Array =>
  new Float32Array(graph.tensors[tensor]!.data!.slice().buffer);

/** [out, height, width, in] as PyTorch has it: [out, in, height, width]. */
function toOihw(values: Float32Array, [o, h, w, i]: readonly number[]): number[] {
  const moved: number[] = [];
  for (let out = 0; out < o!; out++)
    for (let inp = 0; inp < i!; inp++)
      for (let y = 0; y < h!; y++)
        for (let x = 0; x < w!; x++) moved.push(values[((out * h! + y) * w! + x) * i! + inp]!);
  return moved;
}

/** Rows of a Dense behind a flattened map, its inputs channel by channel as ONNX flattens. */
function toChannels(values: Float32Array, units: number, [h, w, c]: readonly number[]): number[] {
  const moved: number[] = [];
  for (let unit = 0; unit < units; unit++)
    for (let channel = 0; channel < c!; channel++)
      for (let pixel = 0; pixel < h! * w!; pixel++)
        moved.push(values[(unit * h! * w! + pixel) * c! + channel]!);
  return moved;
}

/** The network of digits.tflite as an exporter of PyTorch would write it: channels first, ReLU of its own. */
function exported(): Uint8Array {
  const [conv, , dense] = digits.nodes;
  const [, kernel, bias] = conv!.inputs;
  const [, weights, offsets] = dense!.inputs;
  const [filters, k] = digits.tensors[kernel!]!.shape;
  const [units] = digits.tensors[weights!]!.shape;
  const map = digits.tensors[conv!.outputs[0]!]!.shape.slice(1);
  const constants: OnnxConstant[] = [
    {
      name: 'w',
      dims: [filters!, 1, k!, k!],
      values: toOihw(floats(digits, kernel!), digits.tensors[kernel!]!.shape),
    },
    { name: 'b', dims: [filters!], values: floats(digits, bias!) },
    {
      name: 'fw',
      dims: [units!, map[0]! * map[1]! * map[2]!],
      values: toChannels(floats(digits, weights!), units!, map),
    },
    { name: 'fb', dims: [units!], values: floats(digits, offsets!) },
  ];
  const pad = (k! - 1) / 2;
  const nodes: OnnxFileNode[] = [
    {
      op: 'Conv',
      inputs: ['x', 'w', 'b'],
      output: 'c',
      attributes: { kernel_shape: [k!, k!], pads: [pad, pad, pad, pad] },
    },
    { op: 'Relu', inputs: ['c'], output: 'r' },
    { op: 'Flatten', inputs: ['r'], output: 'f' },
    { op: 'Gemm', inputs: ['f', 'fw', 'fb'], output: 'y', attributes: { transB: 1 } },
  ];
  const [, height, width, channels] = digits.tensors[digits.inputs[0]!]!.shape;
  return onnxFile({ input: ['batch', channels!, height!, width!], nodes, constants });
}

describe('one network, exported to .tflite and to ONNX', () => {
  const onnx = readOnnx(exported(), 'digits.onnx');

  test('has the same operators, shapes and multiply-accumulates', () => {
    const told = (graph: Graph) =>
      graph.nodes.map(({ op, outputs }) => [op, graph.tensors[outputs[0]!]!.shape.slice(1)]);
    expect(told(onnx)).toEqual(told(digits));
    expect(graphWork(onnx).totals.macs).toBe(graphWork(digits).totals.macs);
  });

  test('answers the same', () => {
    const [, height, width] = digits.tensors[digits.inputs[0]!]!.shape;
    const image = Float32Array.from({ length: height! * width! }, (_, at) => ((at * 37) % 101) / 101);
    const [a, b] = [digits, onnx].map((graph) => [...createExecutor(graph).run([image])[0]!]);
    expect(b).toEqual(a!.map((value) => expect.closeTo(value as number, 4)));
  });

  test.each(['maixduino', 'openmv-h7-plus', 'nucleo-l4r5zi'])(
    'takes the same time on %s, within 1 %%',
    async (board) => {
      const path = tempFolder().write('digits.onnx', exported());
      interface Document {
        readonly predictions: { readonly latencyMs: { readonly value: number } }[];
      }
      const [a, b] = await Promise.all(
        [tflitePath, path].map(async (file) => {
          const { predictions } = await runJson<Document>('predict', file, '-b', board);
          return predictions[0]!.latencyMs.value;
        }),
      );
      expect(Math.abs(b! / a! - 1)).toBeLessThan(0.01);
    },
  );
});

const ones = (name: string, dims: readonly number[], more: Partial<OnnxConstant> = {}): OnnxConstant => ({
  ...{ name, dims, values: new Array<number>(dims.reduce((a, b) => a * b, 1)).fill(1) },
  ...more,
});
const read = (file: OnnxFile) => readOnnx(onnxFile(file), 'net.onnx');
const opsOf = ({ nodes }: Graph) => nodes.map(({ op }) => op);

describe('operators', () => {
  test('a grouped convolution of one input each is a depthwise one; stride 2 as PyTorch pads it has a PAD', () => {
    const graph = read({
      input: [1, 8, 9, 9],
      constants: [ones('w', [16, 1, 3, 3])],
      nodes: [
        {
          op: 'Conv',
          inputs: ['x', 'w'],
          output: 'y',
          attributes: { group: 8, strides: [2, 2], pads: [1, 1, 1, 1] },
        },
      ],
    });
    // 9 pixels at stride 2 are padded by 1 and 1 in TensorFlow too; of 8 it would be 0 and 1.
    expect(opsOf(graph)).toEqual(['DEPTHWISE_CONV_2D']);
    expect(graph.tensors[graph.outputs[0]!]!.shape).toEqual([1, 5, 5, 16]);
    const even = read({
      input: [1, 8, 8, 8],
      constants: [ones('w', [8, 8, 3, 3])],
      nodes: [
        { op: 'Conv', inputs: ['x', 'w'], output: 'y', attributes: { strides: [2, 2], pads: [1, 1, 1, 1] } },
      ],
    });
    expect(opsOf(even)).toEqual(['PAD', 'CONV_2D']);
    expect(even.tensors[even.outputs[0]!]!.shape).toEqual([1, 4, 4, 8]);
  });

  // (1 x 3 + 2 - 5) x 4 / sqrt(16) + 7: weights 1 of three inputs of 1, bias 2, mean 5, scale 4, variance 16, shift 7.
  test('batch normalization is folded into the convolution before it', () => {
    const per = (name: string, value: number): OnnxConstant => ({ name, dims: [1], values: [value] });
    const graph = read({
      input: [1, 3, 1, 1],
      constants: [ones('w', [1, 3, 1, 1]), per('b', 2), per('s', 4), per('t', 7), per('m', 5), per('v', 16)],
      nodes: [
        { op: 'Conv', inputs: ['x', 'w', 'b'], output: 'c' },
        {
          op: 'BatchNormalization',
          inputs: ['c', 's', 't', 'm', 'v'],
          output: 'n',
          attributes: { epsilon: 1e-9 },
        },
        { op: 'Clip', inputs: ['n', 'lo', 'hi'], output: 'y' },
      ].map((node) => (node.op === 'Clip' ? { ...node, op: 'Relu', inputs: ['n'] } : node)),
    });
    expect(graph.nodes).toHaveLength(1);
    expect(graph.nodes[0]!.attributes).toMatchObject({ activation: 'RELU' });
    expect(createExecutor(graph).run([Float32Array.of(1, 1, 1)])[0]![0]).toBeCloseTo(7, 5);
  });

  test('a residual block: pools, Add, Concat by channels, a mean and a MatMul with its bias', () => {
    const graph = read({
      input: [1, 4, 8, 8],
      constants: [
        ones('w', [4, 4, 3, 3]),
        ones('d', [8, 10]),
        ones('e', [10]),
        { name: 'lo', dims: [], values: [0] },
        { name: 'hi', dims: [], values: [6] },
      ],
      nodes: [
        { op: 'Conv', inputs: ['x', 'w'], output: 'c', attributes: { auto_pad: 'SAME_UPPER' } },
        { op: 'Clip', inputs: ['c', 'lo', 'hi'], output: 'r' },
        { op: 'Add', inputs: ['r', 'x'], output: 'a' },
        { op: 'Concat', inputs: ['a', 'x'], output: 'k', attributes: { axis: 1 } },
        { op: 'MaxPool', inputs: ['k'], output: 'p', attributes: { kernel_shape: [2, 2], strides: [2, 2] } },
        { op: 'GlobalAveragePool', inputs: ['p'], output: 'g' },
        { op: 'Flatten', inputs: ['g'], output: 'f' },
        { op: 'MatMul', inputs: ['f', 'd'], output: 'm' },
        { op: 'Add', inputs: ['m', 'e'], output: 'n' },
        { op: 'Softmax', inputs: ['n'], output: 'y' },
      ],
    });
    expect(opsOf(graph)).toEqual([
      ...['CONV_2D', 'ADD', 'CONCATENATION', 'MAX_POOL_2D', 'MEAN', 'RESHAPE', 'FULLY_CONNECTED', 'SOFTMAX'],
    ]);
    expect(graph.nodes[0]!.attributes).toMatchObject({ activation: 'RELU6', padding: 'SAME' });
    expect(graph.tensors[graph.outputs[0]!]!.shape).toEqual([1, 10]);
  });

  test('transposes at the ends, as converters from TensorFlow write them, leave nothing behind', () => {
    const graph = read({
      input: [1, 8, 8, 3],
      constants: [ones('w', [4, 3, 1, 1])],
      nodes: [
        { op: 'Transpose', inputs: ['x'], output: 't', attributes: { perm: [0, 3, 1, 2] } },
        { op: 'Conv', inputs: ['t', 'w'], output: 'c' },
        { op: 'Transpose', inputs: ['c'], output: 'y', attributes: { perm: [0, 2, 3, 1] } },
      ],
    });
    expect(opsOf(graph)).toEqual(['CONV_2D']);
    expect(graph.tensors[graph.inputs[0]!]!.shape).toEqual([1, 8, 8, 3]);
  });

  test('a network of quantize and dequantize pairs is int8', async () => {
    const byte = (name: string, value: number, dataType: number): OnnxConstant => ({
      name,
      dims: [],
      values: [value],
      dataType,
    });
    const scale = (name: string, value: number): OnnxConstant => ({ name, dims: [], values: [value] });
    const bytes = onnxFile({
      input: [1, 3, 8, 8],
      constants: [
        ...[scale('s', 0.5), byte('z', 128, 2), scale('ws', 0.25), byte('wz', 0, 3), scale('bs', 0.125)],
        ones('wq', [4, 3, 3, 3], { dataType: 3 }),
        ones('bq', [4], { dataType: 6 }),
        byte('bz', 0, 6),
      ],
      nodes: [
        { op: 'QuantizeLinear', inputs: ['x', 's', 'z'], output: 'xq' },
        { op: 'DequantizeLinear', inputs: ['xq', 's', 'z'], output: 'xd' },
        { op: 'DequantizeLinear', inputs: ['wq', 'ws', 'wz'], output: 'w' },
        { op: 'DequantizeLinear', inputs: ['bq', 'bs', 'bz'], output: 'b' },
        { op: 'Conv', inputs: ['xd', 'w', 'b'], output: 'c', attributes: { auto_pad: 'SAME_UPPER' } },
        { op: 'Relu', inputs: ['c'], output: 'r' },
        { op: 'QuantizeLinear', inputs: ['r', 's', 'z'], output: 'q' },
        { op: 'DequantizeLinear', inputs: ['q', 's', 'z'], output: 'y' },
      ],
    });
    const graph = readOnnx(bytes, 'quantized.onnx');
    expect(opsOf(graph)).toEqual(['CONV_2D']);
    expect(graph.nodes[0]!.inputs.map((tensor) => graph.tensors[tensor]!.dtype)).toEqual([
      'int8',
      'int8',
      'int32',
    ]);
    const path = tempFolder().write('quantized.onnx', bytes);
    expect((await runCommand('predict', path, '-b', 'nucleo-l4r5zi')).out).toContain('(tflm, int8)');
  });
});

describe('what is not read is refused in one line that names it', () => {
  const identity: OnnxFileNode[] = [{ op: 'Relu', inputs: ['x'], output: 'y' }];
  const conv: OnnxFileNode[] = [{ op: 'Conv', inputs: ['x', 'w'], output: 'y' }];
  test.each<[string, Uint8Array, string]>([
    [
      'an operator',
      onnxFile({ input: [1, 2], nodes: [{ op: 'LSTM', inputs: ['x'], output: 'y' }] }),
      'operator 0 (LSTM): is not read',
    ],
    [
      'weights in another file',
      onnxFile({
        input: [1, 1, 4, 4],
        nodes: conv,
        constants: [ones('w', [1, 1, 3, 3], { isExternal: true })],
      }),
      'keeps its weights in another file (external data)',
    ],
    [
      'an unknown side',
      onnxFile({ input: [1, 3, 'h', 'w'], nodes: identity }),
      '"x" has unknown sides [1, 3, ?, ?]',
    ],
    ['a file that is cut short', exported().subarray(0, 900), 'on the way'],
    [
      'weights that are computed',
      onnxFile({ input: [1, 1, 4, 4], nodes: conv }),
      'its weights must be constant',
    ],
  ])('%s', async (_, bytes, said) => {
    const path = tempFolder().write('bad.onnx', bytes);
    await expectRefused(['predict', path, '-b', 'maixduino'], said);
  });
});

test('a model may come from the standard input', () => {
  const main = new URL('../src/cli/main.ts', import.meta.url).pathname;
  const line = ['--import', 'tsx', main, 'inspect', '-', '--json'];
  const { status, stdout } = spawnSync(process.execPath, line, { input: readFileSync(tflitePath) });
  expect(status).toBe(0);
  expect((JSON.parse(stdout.toString()) as { totals: { macs: number } }).totals.macs).toBe(
    graphWork(digits).totals.macs,
  );
});
