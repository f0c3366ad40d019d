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
import { describeWindow, slideWindow, type WindowSlide } from '../window.ts';

function checkOutput(output: TensorInfo, input: TensorInfo, filter: TensorInfo, slide: WindowSlide): void {
  const [outC, kernelH, kernelW, inC] = filter.shape;
  const expected = [...slideWindow(output, kernelH, kernelW, slide), inC];
  if (output.shape[3] === outC && String(input.shape) === String([output.shape[0], ...expected])) return;
  fail(
    `output shape ${shapeText(output.shape)} with these weights and strides belongs to an input ` +
      `${shapeText([output.shape[0], ...expected])} and ${outC} output channels`,
  );
}

/** Inputs: output shape (constant), weights [outC, kernelH, kernelW, inC], image, bias (optional). */
export const transposeConv = defineOp({
  type: 'TRANSPOSE_CONV',
  weightInputs: [1, 3],
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
    // The image is scattered through the window that would slide over the output, so that window sets the padding.
    const { padTop, padLeft } = describeWindow(output, input, kernelH, kernelW, attributes);
    const geometry = { ...describeWindow(input, output, kernelH, kernelW, attributes), padTop, padLeft };
    return {
      macs: elementCount(input.shape) * kernelH * kernelW * outC,
      counts: transposeWindowCounts(geometry),
    };
  },
});
