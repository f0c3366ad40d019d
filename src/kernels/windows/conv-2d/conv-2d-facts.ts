import type { Site } from '../../../models/formats/tflite/op-versions.ts';
import { activation, dilations, padding, strides } from '../../definition/option-fields.ts';
import { INT16_BYTES, unpackedWeights } from '../../definition/scratch.ts';
import { WITH_UINT8, type ScratchRule } from '../../definition/tflm.ts';
import { convVersion } from '../conv-version.ts';
import { weightedLimits } from '../weighted-limits.ts';
import { elementCount, type TensorInfo } from '../../../models/graph/graph.ts';
import { describeOp } from '../../definition/define-op.ts';
import { fail, operand, operandOfRank } from '../../definition/operands.ts';
import { windowCounts } from '../window-counts.ts';
import { describeWindow, inferConvOutput } from '../window.ts';

function checkGroups(inChannels: number, outChannels: number, filterChannels: number): void {
  const groups = inChannels / filterChannels;
  if (Number.isInteger(groups) && groups >= 1 && outChannels % groups === 0) return;
  fail(
    `weights read ${filterChannels} channels for ${outChannels} outputs, the input has ${inChannels}; ` +
      'they need the same number, or equal groups',
  );
}

function conv2dVersion(site: Site): number | undefined {
  const [input, weights] = site.inputs;
  const isGrouped = input !== undefined && weights !== undefined && input.shape[3] !== weights.shape[3];
  return isGrouped ? 6 : convVersion(site, [2, 5]);
}

/** Two columns of the picture as int16, their length rounded up to 4 (arm_convolve_s8_get_buffer_size, DSP extension). */
const cmsisScratch: ScratchRule = (call) => {
  const [, height, width, depth] = call.inputs[1]!.shape;
  const isColumn = call.inputs[0]?.dtype === 'int8' && (height !== 1 || width !== 1);
  const columns = isColumn ? 2 * (Math.ceil((height * width * depth) / 4) * 4) * INT16_BYTES : 0;
  return columns + unpackedWeights(call);
};

/** Weights [outC, kernelH, kernelW, inC], grouped where they read a part of the input's channels. */
export const CONV_2D = describeOp({
  type: 'CONV_2D',
  tflite: {
    options: 'Conv2DOptions',
    fields: { padding, ...strides, ...dilations, activation },
    versions: {
      runtimes: '1.5.0 1.14.0 1.14.0 2.3.0 2.4.0 2.9.0',
      types: { int8: 3, int16: 4 },
      rule: conv2dVersion,
    },
  },
  weighted: { data: 0, weights: 1, bias: 2, axis: 0, needsBias: true },
  tflm: {
    scratch: unpackedWeights,
    cmsisScratch,
    limits: weightedLimits(0),
    oldTypes: WITH_UINT8,
  },
  kmodel: { lowering: 'conv' },
  infer(attributes, inputs): TensorInfo[] {
    const input = operandOfRank(inputs, 0, 'input', 4);
    const [outC, kernelH, kernelW, filterC] = operandOfRank(inputs, 1, 'weights', 4).shape;
    checkGroups(input.shape[3], outC, filterC);
    return inferConvOutput(inputs, [kernelH, kernelW, outC], attributes);
  },
  count(attributes, inputs, [output]) {
    const input = operand(inputs, 0, 'input');
    const [, kernelH, kernelW, filterC] = operand(inputs, 1, 'weights').shape;
    const geometry = describeWindow(input, output, [kernelH, kernelW, filterC], attributes);
    const counts = windowCounts(geometry, 'full');
    counts.inputElements = elementCount(input.shape);
    return { macs: elementCount(output.shape) * kernelH * kernelW * filterC, counts };
  },
});
