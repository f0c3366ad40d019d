import type { Site } from '../../../models/formats/tflite/op-versions.ts';
import { byInput } from '../../definition/kernel.ts';
import { activation, padding, strides } from '../../definition/option-fields.ts';
import { INT32_BYTES, INT64_BYTES } from '../../definition/scratch.ts';
import { estimate, type ScratchRule } from '../../definition/tflm.ts';
import { INT8 } from '../../definition/version-rules.ts';
import { prepareTransposeConvFloat32 } from './float32.ts';
import { prepareTransposeConvInteger } from './int8.ts';
import { describeTransposeConv } from './scatter.ts';
import { elementCount, type TensorInfo } from '../../../models/graph/graph.ts';
import { defineOp } from '../../definition/define-op.ts';
import {
  checkBias,
  fail,
  operand,
  operandOfRank,
  readOperandInts,
  shapeText,
} from '../../definition/operands.ts';
import { transposeWindowCounts } from '../window-counts.ts';
import { slideWindow, type WindowSlide } from '../window.ts';

function checkOutput(output: TensorInfo, input: TensorInfo, filter: TensorInfo, slide: WindowSlide): void {
  const [outC, kernelH, kernelW, inC] = filter.shape;
  const expected = [...slideWindow(output, kernelH, kernelW, slide), inC];
  if (output.shape[3] === outC && String(input.shape) === String([output.shape[0], ...expected])) return;
  fail(
    `output shape ${shapeText(output.shape)} with these weights and strides belongs to an input ` +
      `${shapeText([output.shape[0], ...expected])} and ${outC} output channels`,
  );
}

const LIKENESS = 'the reference convolution a MAC, with a load and a store of the accumulator';

function transposeConvVersion({ attributes, inputs }: Site): number | undefined {
  if (attributes.activation !== 'NONE') return 4;
  return inputs[3] ? 3 : undefined;
}

/** transpose_conv.cc, Prepare: accumulators of the whole output, 64 bits wide for 16-bit activations. */
const accumulators: ScratchRule = ({ inputs, output }) => {
  const elements = elementCount(output.shape);
  if (inputs[2]?.dtype === 'int8') return elements * INT32_BYTES;
  return inputs[2]?.dtype === 'int16' ? elements * INT64_BYTES : 0;
};

/** Inputs: output shape (constant), weights [outC, kernelH, kernelW, inC], image, bias (optional). */
export const transposeConv = defineOp({
  type: 'TRANSPOSE_CONV',
  tflite: {
    options: 'TransposeConvOptions',
    fields: { padding, ...strides, activation },
    versions: {
      runtimes: '1.9.0 2.2.0 2.3.0',
      types: INT8,
      operand: 1,
      rule: transposeConvVersion,
    },
  },
  weighted: { data: 2, weights: 1, bias: 3, axis: 0 },
  tflm: {
    scratch: accumulators,
    limits: {
      types: ['* float32 float32 -> float32', '* int8 int8 -> int8', '* int8 int16 -> int16'],
      scaled: [1, 2],
    },
  },
  kmodel: { instead: 'use RESIZE_NEAREST_NEIGHBOR and a 3x3 convolution' },
  estimates: {
    float32: estimate({ macsInImage: 9, taps: 12, inImageTaps: 12, outputs: 20, '1': 500 }, LIKENESS),
    int8: estimate({ macsInImage: 12, taps: 12, inImageTaps: 12, outputs: 70, '1': 500 }, LIKENESS),
  },
  indexInputs: [0],
  infer(attributes, inputs): TensorInfo[] {
    const input = operandOfRank(inputs, 2, 'input', 4);
    const filter = operandOfRank(inputs, 1, 'weights', 4);
    const output = { shape: readOperandInts(inputs, 0, 'output shape'), dtype: input.dtype };
    if (output.shape.length !== 4) fail(`output shape ${shapeText(output.shape)} needs 4 dimensions`);
    checkBias(inputs[3], filter.shape[0]);
    checkOutput(output, input, filter, attributes);
    return [output];
  },
  count(attributes, inputs, [output]) {
    const input = operand(inputs, 2, 'input');
    const [outC, kernelH, kernelW] = operand(inputs, 1, 'weights').shape;
    const geometry = describeTransposeConv(attributes, inputs, output);
    return {
      macs: elementCount(input.shape) * kernelH * kernelW * outC,
      counts: transposeWindowCounts(geometry),
    };
  },
  prepare: byInput(2, prepareTransposeConvFloat32, prepareTransposeConvInteger),
});
