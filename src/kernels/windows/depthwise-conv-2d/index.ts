import { elementCount, type TensorInfo } from '../../../models/graph/graph.ts';
import { defineOp } from '../../definition/define-op.ts';
import { checkBias, fail, operand, operandOfRank, shapeText } from '../../definition/operands.ts';
import { windowCounts } from '../window-counts.ts';
import { describeWindow, slideWindow } from '../window.ts';

function checkFilter(input: TensorInfo, filter: TensorInfo, depthMultiplier: number): void {
  const inC = input.shape[3];
  const [one, , , outC] = filter.shape;
  // The field is redundant since TensorFlow 2.0, and 0 in some files; the weights decide.
  const multiplier = depthMultiplier > 0 ? depthMultiplier : outC / inC;
  if (one === 1 && inC > 0 && Number.isInteger(multiplier) && inC * multiplier === outC) return;
  fail(
    `weights ${shapeText(filter.shape)} need to be [1,h,w,${inC} x multiplier] with depth multiplier ` +
      `${depthMultiplier > 0 ? depthMultiplier : 'of any whole number'}`,
  );
}

/** Weights [1, kernelH, kernelW, outC] with outC = inC x depth multiplier. */
export const depthwiseConv2d = defineOp({
  type: 'DEPTHWISE_CONV_2D',
  weightInputs: [1, 2],
  infer(attributes, inputs): TensorInfo[] {
    const input = operandOfRank(inputs, 0, 'input', 4);
    const filter = operandOfRank(inputs, 1, 'weights', 4);
    const [, kernelH, kernelW, outC] = filter.shape;
    checkFilter(input, filter, attributes.depthMultiplier);
    checkBias(inputs[2], outC);
    const [outH, outW] = slideWindow(input, kernelH, kernelW, attributes);
    return [{ shape: [input.shape[0], outH, outW, outC], dtype: input.dtype }];
  },
  count(attributes, inputs, [output]) {
    const [, kernelH, kernelW] = operand(inputs, 1, 'weights').shape;
    const geometry = describeWindow(operand(inputs, 0, 'input'), output, kernelH, kernelW, attributes);
    return {
      macs: elementCount(output.shape) * kernelH * kernelW,
      counts: windowCounts(geometry, 'perChannel'),
    };
  },
});
