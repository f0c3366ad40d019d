import { describe, expect, test } from 'vitest';
import { graphWork } from '../src/kernels/execute/graph-work.ts';
import type { OnnxFile } from './support/onnx-file.ts';
import { number, opsOf, outputShape, read, run, whole } from './support/onnx-graphs.ts';

// What follows are shapes of graphs that PyTorch and Caffe2 export, as in the test data of PyPI's onnx; values by hand.
describe('as exporters write it', () => {
  test('channels are shuffled: of 1 2 | 3 4 become 1 3 2 4', () => {
    const graph = read({
      input: [1, 4, 1, 1],
      constants: [whole('split', 1, 2, 2, 1, 1), whole('join', 1, 4, 1, 1)],
      nodes: [
        { op: 'Reshape', inputs: ['x', 'split'], output: 's' },
        { op: 'Transpose', inputs: ['s'], output: 't', attributes: { perm: [0, 2, 1, 3, 4] } },
        { op: 'Reshape', inputs: ['t', 'join'], output: 'y' },
      ],
    });
    expect(opsOf(graph)).toEqual(['RESHAPE', 'TRANSPOSE', 'RESHAPE']);
    expect(run(graph, 1, 2, 3, 4)).toEqual([1, 3, 2, 4]);
  });

  test('four channels become a square of pixels', () => {
    const graph = read({
      input: [1, 4, 1, 1],
      constants: [whole('split', 1, 1, 2, 2, 1, 1), whole('join', 1, 1, 2, 2)],
      nodes: [
        { op: 'Reshape', inputs: ['x', 'split'], output: 's' },
        { op: 'Transpose', inputs: ['s'], output: 't', attributes: { perm: [0, 1, 4, 2, 5, 3] } },
        { op: 'Reshape', inputs: ['t', 'join'], output: 'y' },
      ],
    });
    expect(run(graph, 1, 2, 3, 4)).toEqual([1, 2, 3, 4]);
  });

  test('a convolution over a signal is one over a map of one row, with its ReLU inside', () => {
    const graph = read({
      input: [1, 2, 5],
      constants: [{ name: 'w', dims: [3, 2, 3], values: new Array<number>(18).fill(1) }],
      nodes: [
        { op: 'Conv', inputs: ['x', 'w'], output: 'c', attributes: { kernel_shape: [3] } },
        { op: 'Relu', inputs: ['c'], output: 'y' },
      ],
    });
    expect(opsOf(graph)).toEqual(['RESHAPE', 'CONV_2D', 'RESHAPE']);
    expect(graph.nodes[1]!.attributes).toMatchObject({ activation: 'RELU' });
    expect(graphWork(graph).totals.macs).toBe(3 * 3 * 2 * 3);
    // Channels 1..5 and 6..10: 1+2+3+6+7+8, and six more for each step.
    expect(run(graph, 1, 6, 2, 7, 3, 8, 4, 9, 5, 10)).toEqual([27, 27, 27, 33, 33, 33, 39, 39, 39]);
  });

  test('weights of ConstantOfShape count and cost, without a number in memory', () => {
    const graph = read({
      input: [1, 3, 8, 8],
      constants: [whole('sides', 512, 3, 3, 3)],
      nodes: [
        { op: 'ConstantOfShape', inputs: ['sides'], output: 'w' },
        { op: 'Conv', inputs: ['x', 'w'], output: 'y', attributes: { kernel_shape: [3, 3] } },
      ],
    });
    expect(graphWork(graph).totals).toMatchObject({ macs: 6 * 6 * 512 * 27, parameters: 512 * 27 + 512 });
    expect(graph.tensors.find(({ name }) => name === 'w')!.data).toBeUndefined();
  });

  test('x.view(x.size(0), -1): a shape taken apart and joined is worked out', () => {
    const graph = read({
      input: ['batch', 2, 3, 3],
      constants: [number('first', 0), whole('rest', -1)],
      nodes: [
        { op: 'Shape', inputs: ['x'], output: 's' },
        { op: 'Gather', inputs: ['s', 'first'], output: 'b', attributes: { axis: 0 } },
        { op: 'Unsqueeze', inputs: ['b'], output: 'u', attributes: { axes: [0] } },
        { op: 'Concat', inputs: ['u', 'rest'], output: 'j', attributes: { axis: 0 } },
        { op: 'Reshape', inputs: ['x', 'j'], output: 'y' },
      ],
    });
    expect(opsOf(graph)).toEqual(['RESHAPE']);
    expect(outputShape(graph)).toEqual([1, 18]);
  });

  test('a matrix that is transposed before its MatMul is the weights of a Dense', () => {
    const graph = read({
      input: [1, 2],
      constants: [{ name: 'w', dims: [3, 2], values: [1, 2, 3, 4, 5, 6] }],
      nodes: [
        { op: 'Transpose', inputs: ['w'], output: 't', attributes: { perm: [1, 0] } },
        { op: 'MatMul', inputs: ['x', 't'], output: 'y' },
      ],
    });
    expect(run(graph, 1, 10)).toEqual([21, 43, 65]);
  });
});

describe('operators', () => {
  test('sums and maxima of three operands go two by two', () => {
    const three = (op: string) =>
      read({
        input: [1, 3],
        nodes: [
          { op: 'Neg', inputs: ['x'], output: 'n' },
          { op: 'Abs', inputs: ['x'], output: 'a' },
          { op, inputs: ['x', 'n', 'a'], output: 'y' },
        ],
      });
    expect(run(three('Sum'), 1, -2, 3)).toEqual([1, 2, 3]);
    expect(run(three('Max'), 1, -2, 3)).toEqual([1, 2, 3]);
    expect(run(three('Min'), 1, -2, 3)).toEqual([-1, -2, -3]);
  });

  test('a softmax over rows is one over the last axis of a transposed map', () => {
    const graph = read({
      input: [1, 1, 2, 2],
      nodes: [{ op: 'Softmax', inputs: ['x'], output: 'y', attributes: { axis: 2 } }],
    });
    expect(opsOf(graph)).toEqual(['TRANSPOSE', 'SOFTMAX']);
    // Columns 0 0 and 0 ln 3.
    const found = run(graph, 0, 0, 0, Math.log(3));
    expect(found).toEqual([0.5, 0.5, 0.25, 0.75].map((value) => expect.closeTo(value, 5)));
  });

  test('what is padded with is told', () => {
    const graph = read({
      input: [1, 1, 1, 1],
      constants: [whole('p', 0, 0, 0, 1, 0, 0, 0, 0), { name: 'v', dims: [], values: [7] }],
      nodes: [{ op: 'Pad', inputs: ['x', 'p', 'v'], output: 'y' }],
    });
    expect(opsOf(graph)).toEqual(['PADV2']);
    expect(run(graph, 2)).toEqual([7, 2]);
  });

  test('a mean over channels, and slopes of a PRelu one a channel', () => {
    const graph = read({
      input: [1, 2, 1, 2],
      constants: [{ name: 's', dims: [2, 1, 1], values: [0.5, 0.25] }],
      nodes: [
        { op: 'PRelu', inputs: ['x', 's'], output: 'p' },
        { op: 'ReduceMean', inputs: ['p'], output: 'y', attributes: { axes: [1], keepdims: 0 } },
      ],
    });
    // Pixels (-2, -4) and (2, 4) become (-1, -1) and (2, 4).
    expect(run(graph, -2, -4, 2, 4)).toEqual([-1, 3]);
    expect(outputShape(graph)).toEqual([1, 1, 2]);
  });
});

test('a product of one number a channel goes into the convolution before it', () => {
  const graph = read({
    input: [1, 1, 1, 1],
    constants: [
      { name: 'w', dims: [2, 1, 1, 1], values: [1, 2] },
      { name: 's', dims: [2, 1, 1], values: [10, 100] },
    ],
    nodes: [
      { op: 'Conv', inputs: ['x', 'w'], output: 'c' },
      { op: 'Mul', inputs: ['c', 's'], output: 'y' },
    ],
  });
  expect(opsOf(graph)).toEqual(['CONV_2D']);
  expect(run(graph, 3)).toEqual([30, 600]);
});

test('bounds without a kernel of their own are a minimum and a maximum', () => {
  const graph = read({
    input: [1, 3],
    nodes: [{ op: 'Clip', inputs: ['x'], output: 'y', attributes: { min: -0.5, max: 0.25 } }],
  });
  expect(run(graph, -1, 0.125, 1)).toEqual([-0.5, 0.125, 0.25]);
});

test.each<[string, OnnxFile, string]>([
  [
    'an Elu of another slope',
    { input: [1, 2], nodes: [{ op: 'Elu', inputs: ['x'], output: 'y', attributes: { alpha: 2.5 } }] },
    "operator 0 (Elu): has the slope 2.5; TensorFlow's is 1",
  ],
  [
    'an operator without a counterpart',
    { input: [1, 2, 2, 2], nodes: [{ op: 'LRN', inputs: ['x'], output: 'y' }] },
    'operator 0 (LRN): is not read',
  ],
  [
    'a list that is too short',
    {
      input: [1, 2],
      constants: [number('third', 2)],
      nodes: [
        { op: 'Shape', inputs: ['x'], output: 's' },
        { op: 'Gather', inputs: ['s', 'third'], output: 'y' },
      ],
    },
    'operator 1 (Gather): gathers beyond the 2 entries',
  ],
])('%s is refused by name', (_, file, said) => {
  expect(() => read(file)).toThrow(said);
});
