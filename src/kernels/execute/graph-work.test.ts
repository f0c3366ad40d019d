import { expect, it, test } from 'vitest';
import '../index.ts';
import { UnsupportedOpError } from '../../errors.ts';
import { int32Constant } from '../../models/graph/constant-tensors.ts';
import type { Graph, GraphNode, Tensor } from '../../models/graph/graph.ts';
import { paperCnn } from '../../models/specs/paper-cnn.ts';
import { graphWork, inferGraph } from './graph-work.ts';

const f32 = (name: string, ...shape: number[]): Tensor => ({ name, shape, dtype: 'float32' });
const i32 = (name: string, ...shape: number[]): Tensor => ({ name, shape, dtype: 'int32' });

function graphOf(tensors: Tensor[], nodes: GraphNode[], inputs = [0]): Graph {
  const outputs = [tensors.length - 1];
  return { name: 'm', format: 'builder', tensors, nodes, inputs, outputs, fileBytes: 0 };
}

// The paper's network: conv 9 taps x 196 pixels, dense 196 x 10, per filter; parameters 9 F + F + 1960 F + 10.
test.each([1, 2, 5, 10, 64])(
  'paper, %i filters: 3724 F multiply-accumulates and 1970 F + 10 parameters',
  (filters) => {
    const graph = paperCnn({ filters });
    inferGraph(graph);
    const parameters = 1970 * filters + 10;
    expect(graphWork(graph).totals).toEqual({ macs: 3724 * filters, parameters, bytes: 4 * parameters });
  },
);

it('tells macs and parameters by node; the shape of a reshape is no parameter', () => {
  const { nodes } = graphWork(paperCnn({ filters: 2 }));
  expect(nodes.map(({ node, index, work, parameters }) => [index, node.op, work.macs, parameters])).toEqual([
    [0, 'CONV_2D', 3528, 20],
    [1, 'RESHAPE', 0, 0],
    [2, 'FULLY_CONNECTED', 3920, 3930],
  ]);
});

it('counts a constant that two nodes share once', () => {
  const scale: Tensor = { ...f32('scale', 3), isConstant: true };
  const mul = (input: number, output: number): GraphNode => ({
    op: 'MUL',
    attributes: { activation: 'NONE' },
    inputs: [input, 1],
    outputs: [output],
  });
  const graph = graphOf([f32('x', 2, 3), scale, f32('a', 2, 3), f32('b', 2, 3)], [mul(0, 2), mul(2, 3)]);
  expect(graphWork(graph).totals).toEqual({ macs: 0, parameters: 3, bytes: 12 });
});

it('follows a Flatten that the model computes from its own shape', () => {
  const slice = {
    beginMask: 0,
    endMask: 0,
    ellipsisMask: 0,
    newAxisMask: 0,
    shrinkAxisMask: 1,
    offset: false,
  };
  const graph = graphOf(
    [
      f32('x', 1, 4, 4, 2),
      i32('shape', 4),
      int32Constant('begin', [0]),
      int32Constant('end', [1]),
      int32Constant('strides', [1]),
      i32('batch'),
      { ...int32Constant('rest', [-1]), shape: [] },
      i32('new shape', 2),
      f32('flat', 1, 32),
    ],
    [
      { op: 'SHAPE', attributes: {}, inputs: [0], outputs: [1] },
      { op: 'STRIDED_SLICE', attributes: slice, inputs: [1, 2, 3, 4], outputs: [5] },
      { op: 'PACK', attributes: { axis: 0, values: 2 }, inputs: [5, 6], outputs: [7] },
      { op: 'RESHAPE', attributes: {}, inputs: [0, 7], outputs: [8] },
    ],
  );
  expect(inferGraph(graph)[7].data).toEqual(new Uint8Array([1, 0, 0, 0, 255, 255, 255, 255]));
});

const relu = (inputs: number[], outputs: number[]): GraphNode => ({
  op: 'RELU',
  attributes: {},
  inputs,
  outputs,
});

it('names op, tensor and both shapes where a file contradicts itself', () => {
  const graph = graphOf([f32('x', 1, 4), f32('y', 1, 5)], [relu([0], [1])]);
  expect(() => inferGraph(graph)).toThrow(
    'op 0 (RELU): output tensor 1 "y" is [1,5] in the model, but its inputs give [1,4]',
  );
});

it('puts the index of the op before what its shapes got wrong', () => {
  const add: GraphNode = { op: 'ADD', attributes: { activation: 'NONE' }, inputs: [0, 1], outputs: [2] };
  const graph = graphOf([f32('x', 4), f32('y', 5), f32('z', 5)], [relu([0], [0]), add], [0, 1]);
  expect(() => inferGraph(graph)).toThrow(
    'op 1: ADD of [4], [5]: shapes [4] and [5] do not broadcast: 4 against 5',
  );
});

it('names an operator that it does not know', () => {
  const graph = graphOf([f32('x', 4)], [{ op: 'LSTM', attributes: {}, inputs: [0], outputs: [0] }]);
  const message = 'op 0 (LSTM): inferscope does not know this operator yet';
  expect(() => inferGraph(graph)).toThrow(UnsupportedOpError);
  expect(() => inferGraph(graph)).toThrow(message);
  expect(() => graphWork(graph)).toThrow(message);
});

it('takes an unknown batch as 1, and refuses an unknown image', () => {
  const x = f32('x', 1, 1, 1, 3);
  const batch = graphOf([{ ...x, shapeSignature: [-1, 1, 1, 3] }], [relu([0], [0])]);
  const image = graphOf([{ ...x, shapeSignature: [1, -1, -1, 3] }], [relu([0], [0])]);
  expect(inferGraph(batch)).toHaveLength(1);
  expect(() => inferGraph(image)).toThrow(
    'model input 0 "x" has unknown dimensions [1,-1,-1,3] beyond the batch; export the model with a fixed input shape',
  );
});

it('says which tensor a node names in vain', () => {
  const graph = graphOf([f32('x', 4)], [relu([7], [0])]);
  expect(() => inferGraph(graph)).toThrow('op 0 (RELU): tensor 7 does not exist, the model has 1');
});

it('counts the outputs that an operator has', () => {
  const graph = graphOf([f32('x', 4), f32('y', 4), f32('z', 4)], [relu([0], [1, 2])]);
  expect(() => inferGraph(graph)).toThrow('op 0 (RELU): 2 outputs in the model, 1 expected');
});
