import { elementCount, type TensorInfo } from '../../../models/graph/graph.ts';
import { defineOp } from '../../definition/define-op.ts';
import { checkBias, fail, operand, operandOfRank } from '../../definition/operands.ts';
import { windowCounts } from '../window-counts.ts';
import { describeWindow, slideWindow } from '../window.ts';

function checkGroups(inChannels: number, outChannels: number, filterChannels: number): void {
  const groups = inChannels / filterChannels;
  if (Number.isInteger(groups) && groups >= 1 && outChannels % groups === 0) return;
  fail(
    `weights read ${filterChannels} channels for ${outChannels} outputs, the input has ${inChannels}; ` +
      'they need the same number, or equal groups',
  );
}

/** Weights [outC, kernelH, kernelW, inC], grouped where they read a part of the input's channels. */
export const conv2d = defineOp({
  type: 'CONV_2D',
  weightInputs: [1, 2],
  infer(attributes, inputs): TensorInfo[] {
    const input = operandOfRank(inputs, 0, 'input', 4);
    const [outC, kernelH, kernelW, filterC] = operandOfRank(inputs, 1, 'weights', 4).shape;
    checkGroups(input.shape[3], outC, filterC);
    checkBias(inputs[2], outC);
    const [outH, outW] = slideWindow(input, kernelH, kernelW, attributes);
    return [{ shape: [input.shape[0], outH, outW, outC], dtype: input.dtype }];
  },
  count(attributes, inputs, [output]) {
    const input = operand(inputs, 0, 'input');
    const [, kernelH, kernelW, filterC] = operand(inputs, 1, 'weights').shape;
    const geometry = describeWindow(input, output, kernelH, kernelW, attributes, filterC);
    const counts = windowCounts(geometry, 'full');
    counts.inputElements = elementCount(input.shape);
    return { macs: elementCount(output.shape) * kernelH * kernelW * filterC, counts };
  },
});
