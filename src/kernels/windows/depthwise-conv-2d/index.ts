import { NUMBER } from '../../../models/formats/tflite/codecs.ts';
import type { DepthwiseConv2dAttributes } from '../../../models/graph/attributes.ts';
import type { Site } from '../../../models/formats/tflite/op-versions.ts';
import { byInput } from '../../definition/kernel.ts';
import { activation, dilations, padding, strides } from '../../definition/option-fields.ts';
import { INT16_BYTES, unpackedWeights } from '../../definition/scratch.ts';
import { WITH_UINT8, type ScratchCall, type ScratchRule } from '../../definition/tflm.ts';
import { convVersion } from '../conv-version.ts';
import { weightedLimits } from '../weighted-limits.ts';
import { prepareDepthwiseConv2dFloat32 } from './float32.ts';
import { prepareDepthwiseConv2dInteger } from './int8.ts';
import { elementCount, type TensorInfo } from '../../../models/graph/graph.ts';
import { defineOp } from '../../definition/define-op.ts';
import { fail, operand, operandOfRank, shapeText } from '../../definition/operands.ts';
import { windowCounts } from '../window-counts.ts';
import { describeWindow, inferConvOutput } from '../window.ts';

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

function depthwiseVersion(site: Site): number | undefined {
  const found = convVersion(site, [4, 6]);
  const isDilated = site.attributes.dilationH !== 1 || site.attributes.dilationW !== 1;
  return found ?? (isDilated && site.inputs[0]?.dtype !== 'int8' ? 2 : undefined);
}

/** arm_depthwise_conv_wrapper_s8_get_buffer_size: nothing for 3x3, which has a kernel of its own. */
function columnBytes({ inputs, output, attributes }: ScratchCall): number {
  const [batch, , , channels] = inputs[0]!.shape;
  const [, height, width] = inputs[1]!.shape;
  const { dilationH, dilationW } = attributes as DepthwiseConv2dAttributes;
  const isPlain = batch === 1 && channels === output.shape[3] && dilationH === 1 && dilationW === 1;
  if (!isPlain || (height === 3 && width === 3)) return 0;
  return channels * height * width * INT16_BYTES;
}

const cmsisScratch: ScratchRule = (call) =>
  (call.inputs[0]?.dtype === 'int8' ? columnBytes(call) : 0) + unpackedWeights(call);

/** Weights [1, kernelH, kernelW, outC] with outC = inC x depth multiplier. */
export const depthwiseConv2d = defineOp({
  type: 'DEPTHWISE_CONV_2D',
  tflite: {
    options: 'DepthwiseConv2DOptions',
    fields: {
      padding,
      ...strides,
      ...dilations,
      depthMultiplier: ['depth_multiplier', NUMBER],
      activation,
    },
    versions: {
      runtimes: '1.5.0 1.12.0 1.14.0 2.2.0 2.3.0 2.3.0',
      types: { int8: 3, int16: 5 },
      rule: depthwiseVersion,
    },
  },
  weighted: { data: 0, weights: 1, bias: 2, axis: 3, needsBias: true },
  tflm: {
    scratch: unpackedWeights,
    cmsisScratch,
    limits: weightedLimits(3),
    oldTypes: WITH_UINT8,
  },
  kmodel: { lowering: 'conv' },
  infer(attributes, inputs): TensorInfo[] {
    const input = operandOfRank(inputs, 0, 'input', 4);
    const filter = operandOfRank(inputs, 1, 'weights', 4);
    const [, kernelH, kernelW, outC] = filter.shape;
    checkFilter(input, filter, attributes.depthMultiplier);
    return inferConvOutput(inputs, [kernelH, kernelW, outC], attributes);
  },
  count(attributes, inputs, [output]) {
    const [, kernelH, kernelW] = operand(inputs, 1, 'weights').shape;
    const geometry = describeWindow(operand(inputs, 0, 'input'), output, [kernelH, kernelW], attributes);
    const counts = windowCounts(geometry, 'perChannel');
    counts.channelMultiplier = geometry.outC / geometry.inC;
    return { macs: elementCount(output.shape) * kernelH * kernelW, counts };
  },
  prepare: byInput(0, prepareDepthwiseConv2dFloat32, prepareDepthwiseConv2dInteger),
});
