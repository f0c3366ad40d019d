import { describe, expect, test } from 'vitest';
import { createExecutor } from '../src/kernels/execute/executor.ts';
import { graphWork } from '../src/kernels/execute/graph-work.ts';
import type { Graph } from '../src/models/graph/graph.ts';
import type { OnnxFile, OnnxFileNode } from './support/onnx-file.ts';
import { opsOf, outputShape, read, run, whole } from './support/onnx-graphs.ts';

/** One operator with a constant of one input and one output channel. */
const over = (
  op: string,
  weights: readonly number[],
  attributes: OnnxFileNode['attributes'],
  side = 2,
): OnnxFile => {
  const kernel = Math.sqrt(weights.length);
  return {
    input: [1, 1, side, side],
    constants: [{ name: 'w', dims: [1, 1, kernel, kernel], values: weights }],
    nodes: [
      { op, inputs: ['x', 'w'], output: 'y', attributes: { kernel_shape: [kernel, kernel], ...attributes } },
    ],
  };
};
const NINE = [1, 2, 3, 4, 5, 6, 7, 8, 9];

describe('transposed convolutions', () => {
  test('side by side: each number becomes a kernel', () => {
    const graph = read(over('ConvTranspose', [1, 2, 3, 4], { strides: [2, 2] }));
    expect(opsOf(graph)).toEqual(['TRANSPOSE_CONV']);
    expect(graphWork(graph).totals.macs).toBe(4 * 4);
    expect(run(graph, 1, 10, 100, 1000)).toEqual([
      ...[1, 2, 10, 20, 3, 4, 30, 40],
      ...[100, 200, 1000, 2000, 300, 400, 3000, 4000],
    ]);
  });

  // The whole is 5 x 5 with the kernel in its corner; pads take its first row and column, output_padding gives one behind.
  test("PyTorch's doubling (3x3, stride 2, pads 1, output_padding 1) is cut out of the whole", () => {
    const graph = read(
      over('ConvTranspose', NINE, { strides: [2, 2], pads: [1, 1, 1, 1], output_padding: [1, 1] }),
    );
    expect(opsOf(graph)).toEqual(['TRANSPOSE_CONV', 'STRIDED_SLICE']);
    expect(run(graph, 1, 0, 0, 0)).toEqual([5, 6, 0, 0, 8, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  });

  test('pads as TensorFlow has them are SAME', () => {
    const graph = read(
      over('ConvTranspose', new Array<number>(16).fill(1), { strides: [2, 2], pads: [1, 1, 1, 1] }),
    );
    expect(opsOf(graph)).toEqual(['TRANSPOSE_CONV']);
    expect(graph.nodes[0]!.attributes).toMatchObject({ padding: 'SAME' });
    expect(outputShape(graph)).toEqual([1, 4, 4, 1]);
  });
});

describe('parts', () => {
  const splitInto = (count: number, attributes: OnnxFileNode['attributes']) =>
    read({
      input: [1, 4, 1, 1],
      nodes: [
        {
          ...{ op: 'Split', inputs: ['x'], attributes: { axis: 1, ...attributes } },
          output: Array.from({ length: count }, (_, at) => `y${at}`),
        },
      ],
    });

  test('channels are split into equal parts, or into given ones', () => {
    const [equal, given] = [splitInto(2, {}), splitInto(2, { split: [1, 3] })];
    expect([...opsOf(equal), ...opsOf(given)]).toEqual(['SPLIT', 'SPLIT_V']);
    const parts = (graph: Graph) =>
      createExecutor(graph)
        .run([Float32Array.of(1, 2, 3, 4)])
        .map((part) => [...part]);
    expect(parts(equal)).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(parts(given)).toEqual([[1], [2, 3, 4]]);
  });

  test('a slice counts from the end, takes every second, and leaves channels last', () => {
    const graph = read({
      input: [1, 2, 1, 4],
      constants: [whole('from', -3), whole('to', 1000), whole('axes', 3), whole('steps', 2)],
      nodes: [{ op: 'Slice', inputs: ['x', 'from', 'to', 'axes', 'steps'], output: 'y' }],
    });
    expect(opsOf(graph)).toEqual(['STRIDED_SLICE']);
    // Pixels (1, 5), (2, 6), (3, 7), (4, 8): the second and the fourth.
    expect(run(graph, 1, 5, 2, 6, 3, 7, 4, 8)).toEqual([2, 6, 4, 8]);
  });

  test('a slice of all of it is none', () => {
    const graph = read({
      input: [1, 2],
      nodes: [
        { op: 'Slice', inputs: ['x'], output: 's', attributes: { starts: [0], ends: [2], axes: [1] } },
        { op: 'Relu', inputs: ['s'], output: 'y' },
      ],
    });
    expect(opsOf(graph)).toEqual(['RELU']);
  });
});

describe('pools at the edge', () => {
  const pool = (op: string, attributes: OnnxFileNode['attributes'], side = 2) =>
    read({
      input: [1, 1, side, side],
      nodes: [{ op, inputs: ['x'], output: 'y', attributes: { kernel_shape: [2, 2], ...attributes } }],
    });

  test('a maximum of numbers below 0 does not see its pads', () => {
    const graph = pool('MaxPool', { strides: [2, 2], pads: [1, 1, 1, 1] });
    expect(opsOf(graph)).toEqual(['PADV2', 'MAX_POOL_2D']);
    expect(run(graph, -1, -2, -3, -4)).toEqual([-1, -2, -3, -4]);
  });

  test('a mean leaves its pads out, or counts them', () => {
    const pads = { strides: [2, 2], pads: [1, 1, 1, 1] };
    const [without, counted] = [
      pool('AveragePool', pads),
      pool('AveragePool', { ...pads, count_include_pad: 1 }),
    ];
    expect(opsOf(without)).toEqual(['PAD', 'AVERAGE_POOL_2D', 'MUL']);
    expect(opsOf(counted)).toEqual(['PAD', 'AVERAGE_POOL_2D']);
    expect(run(without, 4, 8, 12, 16)).toEqual([4, 8, 12, 16]);
    expect(run(counted, 4, 8, 12, 16)).toEqual([1, 2, 3, 4]);
  });

  test('a mean whose last window reaches beyond the map divides by what is inside', () => {
    const graph = pool('AveragePool', { strides: [2, 2], ceil_mode: 1 }, 3);
    expect(run(graph, 1, 1, 2, 1, 1, 2, 3, 3, 4)).toEqual([1, 2, 3, 4]);
  });
});

test.each<[string, OnnxFile, string]>([
  [
    'a transposed convolution in groups',
    over('ConvTranspose', [1], { group: 2 }),
    'operator 0 (ConvTranspose): groups are not read: a TRANSPOSE_CONV has none',
  ],
  [
    'a dilated transposed convolution',
    over('ConvTranspose', NINE, { dilations: [2, 2] }),
    'operator 0 (ConvTranspose): is dilated: a TRANSPOSE_CONV is not',
  ],
  [
    'a dilated pool',
    {
      input: [1, 1, 4, 4],
      nodes: [
        {
          op: 'MaxPool',
          inputs: ['x'],
          output: 'y',
          attributes: { kernel_shape: [2, 2], dilations: [2, 2] },
        },
      ],
    },
    'operator 0 (MaxPool): a dilated pool is not read: TensorFlow Lite Micro has none',
  ],
  [
    'a convolution over volumes',
    {
      input: [1, 1, 2, 2, 2],
      constants: [{ name: 'w', dims: [1, 1, 1, 1, 1], values: [1] }],
      nodes: [{ op: 'Conv', inputs: ['x', 'w'], output: 'y' }],
    },
    'operator 0 (Conv): works on volumes of five axes: TensorFlow Lite Micro has no such operator',
  ],
  [
    'a slice backwards',
    {
      input: [1, 2],
      constants: [whole('from', 1), whole('to', -5), whole('axes', 1), whole('steps', -1)],
      nodes: [{ op: 'Slice', inputs: ['x', 'from', 'to', 'axes', 'steps'], output: 'y' }],
    },
    'operator 0 (Slice): steps backwards, which is not read',
  ],
])('%s is refused by name', (_, file, said) => {
  expect(() => read(file)).toThrow(said);
});
