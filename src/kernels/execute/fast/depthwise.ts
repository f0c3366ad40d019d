import type { Activation, DepthwiseConv2dAttributes } from '../../../models/graph/attributes.ts';
import type { TensorInfo } from '../../../models/graph/graph.ts';
import type { Kernel } from '../../definition/kernel.ts';
import type { Operands } from '../../definition/operands.ts';
import { prepareRescale } from '../../numbers/rescale.ts';
import { describeWindow } from '../../windows/window.ts';
import type { WindowGeometry } from '../../windows/window-counts.ts';
import { channelConstants, floatBoundBits, packFloatWeights, packWeights, padBias } from './parameters.ts';
import { perImage, readWeighted, type FastWeighted } from './weighted.ts';
import { depthwiseBlock } from './window-block.ts';
import type { Workspace } from './workspace.ts';

function int8Kernel(
  g: WindowGeometry,
  w: FastWeighted,
  output: TensorInfo,
  activation: Activation,
  workspace: Workspace,
): Kernel {
  const op = { input: w.input, weights: w.weightInfo, bias: w.biasInfo, output };
  const r = prepareRescale(op, g.outC, activation, false);
  const taps = g.kernelH * g.kernelW;
  const pairs = Math.ceil(taps / 2);
  const packed = packWeights(g.outC, taps, r.weightZero, (channel, tap) => w.weights[tap * g.outC + channel]);
  const weights = workspace.store(packed);
  const constants = workspace.store(channelConstants(r, w.bias, g.outC));
  const ends = { bounds: [r.outputZero, r.low, r.high], inputZero: r.inputZero } as const;
  const loops = { steps: pairs, offsetCount: 2 * pairs, elementBytes: 2 };
  const block = depthwiseBlock(g, ends, loops, { weights, constants }, workspace);
  return perImage(g, 1, block, workspace.exports.depthwise);
}

function float32Kernel(
  g: WindowGeometry,
  w: FastWeighted,
  activation: Activation,
  workspace: Workspace,
): Kernel {
  const taps = g.kernelH * g.kernelW;
  const packed = packFloatWeights(g.outC, taps, (channel, tap) => w.weights[tap * g.outC + channel]);
  const weights = workspace.store(packed);
  const bias = workspace.store(padBias(w.bias, g.outC));
  const ends = { bounds: floatBoundBits(activation), inputZero: 0 };
  const loops = { steps: taps, offsetCount: taps, elementBytes: 4 };
  const block = depthwiseBlock(g, ends, loops, { weights, constants: bias }, workspace);
  return perImage(g, 4, block, workspace.exports.depthwiseFloats);
}

/** Depthwise convolution of int8 or float32 with as many outputs as inputs, or undefined. */
export function prepareFastDepthwise(
  attributes: DepthwiseConv2dAttributes,
  inputs: Operands,
  output: TensorInfo,
  workspace: Workspace,
): Kernel | undefined {
  const w = readWeighted(inputs, output);
  if (w === undefined || w.input.shape[3] !== output.shape[3]) return undefined;
  const [, kernelH, kernelW] = w.weightInfo.shape;
  const g = describeWindow(w.input, output, [kernelH, kernelW], attributes);
  if (w.dtype === 'float32') return float32Kernel(g, w, attributes.activation, workspace);
  return int8Kernel(g, w, output, attributes.activation, workspace);
}
