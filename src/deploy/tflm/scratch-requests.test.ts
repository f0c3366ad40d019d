import { describe, expect, test } from 'vitest';
import '../../kernels/index.ts';
import type { DType, Graph, GraphNode, Tensor } from '../../models/graph/graph.ts';
import { scratchRequests } from './scratch-requests.ts';
import { planTflmTimeline } from './tflm-timeline.ts';

interface Shapes {
  readonly input: readonly number[];
  readonly weights?: readonly number[];
  readonly output: readonly number[];
}

function graphOf(
  op: string,
  { input, weights, output }: Shapes,
  dtype: DType = 'int8',
  attributes = {},
): Graph {
  const tensor = (name: string, shape: readonly number[]): Tensor => ({ name, shape, dtype });
  const constant = { ...tensor('weights', weights ?? []), isConstant: true };
  const tensors = [tensor('input', input), tensor('output', output), constant];
  const node: GraphNode = {
    op,
    attributes: { dilationH: 1, dilationW: 1, ...attributes },
    inputs: weights ? [0, 2] : [0],
    outputs: [1],
  };
  return { name: 'x', format: 'builder', tensors, nodes: [node], inputs: [0], outputs: [1], fileBytes: 0 };
}

const CONV_3X3: Shapes = { input: [1, 8, 8, 3], weights: [4, 3, 3, 3], output: [1, 8, 8, 4] };
const CONV_1X1: Shapes = { input: [1, 8, 8, 3], weights: [4, 1, 1, 3], output: [1, 8, 8, 4] };
const DEPTHWISE_5X5: Shapes = { input: [1, 8, 8, 4], weights: [1, 5, 5, 4], output: [1, 8, 8, 4] };
const DEPTHWISE_3X3: Shapes = { input: [1, 8, 8, 4], weights: [1, 3, 3, 4], output: [1, 8, 8, 4] };
const POOL: Shapes = { input: [1, 8, 8, 6], output: [1, 1, 1, 6] };
/** The second operand holds two axes. */
const MEAN: Shapes = { input: [1, 8, 8, 6], weights: [2], output: [1, 6] };

// Bytes by hand from CMSIS-NN's get_buffer_size functions for the DSP extension and from tflite-micro's reference kernels.
describe.each([
  ['CONV_2D', CONV_3X3, 'int8', 'cmsis-nn', 2 * 28 * 2],
  ['CONV_2D', CONV_1X1, 'int8', 'cmsis-nn', 0],
  ['CONV_2D', CONV_3X3, 'float32', 'cmsis-nn', 0],
  ['CONV_2D', CONV_3X3, 'int8', 'tflm-reference', 0],
  ['DEPTHWISE_CONV_2D', DEPTHWISE_5X5, 'int8', 'cmsis-nn-O3', 4 * 25 * 2],
  ['DEPTHWISE_CONV_2D', DEPTHWISE_3X3, 'int8', 'cmsis-nn', 0],
  ['AVERAGE_POOL_2D', POOL, 'int8', 'cmsis-nn', 6 * 4],
  ['AVERAGE_POOL_2D', POOL, 'int8', 'tflm-reference', 0],
  ['MEAN', MEAN, 'int8', 'tflm-reference-O3', [6 * 4, 4 * 4, 2 * 4]],
  ['MEAN', MEAN, 'float32', 'tflm-reference', [4 * 4, 2 * 4]],
] as const)('%s %o', (op, shapes, dtype, kernels, bytes) => {
  const buffers: readonly number[] = typeof bytes === 'number' ? [bytes] : bytes;
  test(`${dtype} with ${kernels} asks for ${buffers.join(' and ')} bytes`, () => {
    const requests = scratchRequests(graphOf(op, shapes, dtype), kernels);
    expect(requests).toEqual(buffers.filter((one) => one > 0).map((one) => ({ node: 0, bytes: one })));
  });
});

test('a multiplier above one, or dilation, takes the depthwise kernel without scratch', () => {
  const twice: Shapes = { input: [1, 8, 8, 2], weights: [1, 5, 5, 4], output: [1, 8, 8, 4] };
  expect(scratchRequests(graphOf('DEPTHWISE_CONV_2D', twice), 'cmsis-nn')).toEqual([]);
  const dilated = graphOf('DEPTHWISE_CONV_2D', DEPTHWISE_5X5, 'int8', { dilationW: 2 });
  expect(scratchRequests(dilated, 'cmsis-nn')).toEqual([]);
});

test('scratch lies beside the tensors of its node, and is named in the plan', () => {
  const { blocks, arenaBytes } = planTflmTimeline(graphOf('CONV_2D', CONV_3X3), 'cmsis-nn', 'ram');
  expect(blocks.map(({ name, bytes, offset }) => ({ name, bytes, offset }))).toEqual([
    { name: 'output', bytes: 256, offset: 0 },
    { name: 'input', bytes: 192, offset: 256 },
    { name: 'scratch of op 0 (CONV_2D)', bytes: 112, offset: 448 },
  ]);
  expect(arenaBytes).toBe(560);
});

test('a library whose scratch is not known says so', () => {
  const { notes } = planTflmTimeline(graphOf('CONV_2D', CONV_3X3), 'openmv-libtf-2020-11', 'ram');
  expect(notes[0]).toContain('scratch buffers of openmv-libtf-2020-11 are not known and left out');
});
