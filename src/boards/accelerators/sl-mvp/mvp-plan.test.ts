import { describe, expect, test } from 'vitest';
import type { KernelCall } from '../../../kernels/definition/kernel-limits.ts';
import type { DType } from '../../../models/graph/graph.ts';
import { mvpPlan } from './mvp-plan.ts';

type Shape = readonly number[];

const tensor = (shape: Shape, dtype: DType = 'int8') => ({ shape, dtype });

function windowCall(input: Shape, output: Shape, filter: Shape, slide: object = {}): KernelCall {
  const attributes = {
    ...{ padding: 'SAME', strideH: 1, strideW: 1, dilationH: 1, dilationW: 1 },
    ...{ filterH: filter[1], filterW: filter[2], ...slide },
  };
  return { inputs: [tensor(input), tensor(filter)], outputs: [tensor(output)], attributes };
}

const by2 = { strideH: 2, strideW: 2 };
const conv = (input: Shape, output: Shape, k: number, slide?: object) =>
  windowCall(input, output, [output[3]!, k, k, input[3]!], slide);
const depthwise = (input: Shape, output: Shape, k: number, slide?: object) =>
  windowCall(input, output, [1, k, k, output[3]!], slide);

function programsOf(op: string, call: KernelCall): string {
  const plan = mvpPlan(op, call);
  if ('refuses' in plan) return plan.refuses;
  return `${plan.runs.reduce((sum, { times }) => sum + times, 0)} ${plan.kernel}`;
}

// Cycles of the core in the published logs are 2,700 and 2,500 a program for convolutions, 1,300 and 1,500 for pixels.
describe('programs that the library cuts an operator into', () => {
  test.each<[string, string, KernelCall]>([
    ['11 conv', 'CONV_2D', conv([1, 32, 32, 16], [1, 32, 32, 16], 3)],
    ['5 conv', 'CONV_2D', conv([1, 32, 32, 16], [1, 16, 16, 32], 3, by2)],
    ['1 conv', 'CONV_2D', conv([1, 32, 32, 16], [1, 16, 16, 32], 1, by2)],
    ['3 conv', 'CONV_2D', conv([1, 11, 11, 16], [1, 9, 9, 24], 3, { padding: 'VALID' })],
    ['10 conv', 'CONV_2D', conv([1, 4, 4, 28], [1, 4, 4, 28], 3)],
    ['144 depthwisePixels', 'DEPTHWISE_CONV_2D', depthwise([1, 12, 12, 64], [1, 12, 12, 64], 3)],
    ['44 depthwiseChannels', 'DEPTHWISE_CONV_2D', depthwise([1, 48, 48, 8], [1, 48, 48, 8], 3)],
    ['49 depthwiseChannels', 'DEPTHWISE_CONV_2D', depthwise([1, 48, 48, 16], [1, 24, 24, 16], 3, by2)],
    [
      '12 maxPool',
      'MAX_POOL_2D',
      windowCall([1, 14, 12, 24], [1, 7, 6, 24], [1, 2, 2, 24], { ...by2, padding: 'VALID' }),
    ],
    [
      '7 maxPool',
      'MAX_POOL_2D',
      windowCall([1, 34, 34, 7], [1, 17, 17, 7], [1, 2, 2, 7], { ...by2, padding: 'VALID' }),
    ],
    [
      '16 averageFew',
      'AVERAGE_POOL_2D',
      windowCall([1, 9, 9, 24], [1, 4, 4, 24], [1, 2, 2, 24], { ...by2, padding: 'VALID' }),
    ],
    [
      '1 dense',
      'FULLY_CONNECTED',
      { inputs: [tensor([1, 640]), tensor([128, 640])], outputs: [tensor([1, 128])], attributes: {} },
    ],
    [
      '4 dense',
      'FULLY_CONNECTED',
      { inputs: [tensor([1, 4000]), tensor([4, 4000])], outputs: [tensor([1, 4])], attributes: {} },
    ],
    [
      '8 elementwise',
      'ADD',
      {
        inputs: [tensor([1, 32, 32, 16]), tensor([1, 32, 32, 16])],
        outputs: [tensor([1, 32, 32, 16])],
        attributes: {},
      },
    ],
  ])('%s: %s', (expected, op, call) => {
    expect(programsOf(op, call)).toBe(expected);
  });

  test('two values go at a time where every place that is walked to is even, else one', () => {
    const runsOf = (channels: number) => {
      const plan = mvpPlan('CONV_2D', conv([1, 6, 6, channels], [1, 6, 6, 2], 1));
      return 'refuses' in plan ? [] : plan.runs;
    };
    expect(runsOf(4)).toEqual([{ times: 1, steps: 144, singleSteps: 0, outputs: 72 }]);
    expect(runsOf(3)).toEqual([{ times: 1, steps: 0, singleSteps: 216, outputs: 72 }]);
  });
});

describe('what the core runs, and why', () => {
  const shape = [1, 8, 8, 4];
  test.each<[string, string, KernelCall]>([
    [
      'the library has no kernel for it',
      'SOFTMAX',
      { inputs: [tensor([1, 4])], outputs: [tensor([1, 4])], attributes: {} },
    ],
    [
      'float32 activations; its kernel takes int8',
      'CONV_2D',
      { ...conv(shape, shape, 3), inputs: [tensor(shape, 'float32'), tensor([4, 3, 3, 4], 'float32')] },
    ],
    [
      'a dilation of 2x2; its kernel takes none',
      'CONV_2D',
      conv(shape, shape, 3, { dilationH: 2, dilationW: 2 }),
    ],
    [
      'a row of the input takes 3072 elements, its arrays have at most 2047',
      'CONV_2D',
      conv([1, 96, 96, 64], [1, 48, 48, 8], 1, by2),
    ],
    [
      'the number of outputs takes 1100 elements, its arrays have at most 1024',
      'FULLY_CONNECTED',
      { inputs: [tensor([1, 8]), tensor([1100, 8])], outputs: [tensor([1, 1100])], attributes: {} },
    ],
    [
      '4099 inputs; their number has no factors of at most 1024 elements',
      'FULLY_CONNECTED',
      { inputs: [tensor([1, 4099]), tensor([2, 4099])], outputs: [tensor([1, 2])], attributes: {} },
    ],
    [
      'operands of different shapes; its kernel takes equal ones',
      'MUL',
      { inputs: [tensor([1, 7, 40]), tensor([40])], outputs: [tensor([1, 7, 40])], attributes: {} },
    ],
    ['groups of 2 of 4 channels; its kernel takes all', 'CONV_2D', windowCall(shape, shape, [4, 3, 3, 2])],
    [
      'a step from row to row of the input takes 3072 elements, its arrays have at most 2047',
      'DEPTHWISE_CONV_2D',
      depthwise([1, 96, 96, 16], [1, 48, 48, 16], 3, by2),
    ],
  ])('%s', (expected, op, call) => {
    expect(programsOf(op, call)).toBe(expected);
  });
});
