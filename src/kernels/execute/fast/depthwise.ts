import type { Activation, DepthwiseConv2dAttributes } from '../../../models/graph/attributes.ts';
import type { TensorInfo } from '../../../models/graph/graph.ts';
import type { Kernel } from '../../definition/kernel.ts';
import type { Operands } from '../../definition/operands.ts';
import { prepareRescale } from '../../numbers/rescale.ts';
import { describeWindow } from '../../windows/window.ts';
import type { WindowGeometry } from '../../windows/window-counts.ts';
import { packChannels, sumsInPairs } from './channel-groups.ts';
import { byteBounds, floatBoundBits, GROUP, packFloatWeights, padBias } from './parameters.ts';
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
  const taps = Int32Array.from({ length: g.kernelH * g.kernelW }, (_, tap) => tap * g.outC);
  const channels = { rescale: r, bias: w.bias, channels: g.outC, channelStride: 1, taps };
  const op8 = { ...channels, weights: w.weights as Int8Array, lifted: 'sums' } as const;
  const is3x3 = g.kernelH === 3 && g.kernelW === 3 && g.dilationW === 1 && sumsInPairs(op8);
  const pairs = Math.ceil(taps.length / 2);
  const elements = is3x3 ? taps.length * GROUP : pairs * 2 * GROUP;
  const { packed, constants } = packChannels(is3x3 ? op8 : { ...op8, lifted: 'weights' }, elements);
  const stored = { weights: workspace.store(packed), constants: workspace.store(constants) };
  const loops = { steps: pairs, outside: r.inputZero, ring: Int16Array, is3x3, groupBytes: elements * 2 };
  const block = depthwiseBlock(g, byteBounds(r), loops, stored, workspace);
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
  const loops = { steps: taps, outside: 0, ring: Float32Array, is3x3: false, groupBytes: taps * 4 * GROUP };
  const stored = { weights, constants: bias };
  const block = depthwiseBlock(g, floatBoundBits(activation), loops, stored, workspace);
  return perImage(g, 4, block, workspace.exports.depthwiseFloats);
}

/** Depthwise convolution of int8 or float32, or undefined. */
export function prepareFastDepthwise(
  attributes: DepthwiseConv2dAttributes,
  inputs: Operands,
  output: TensorInfo,
  workspace: Workspace,
): Kernel | undefined {
  const w = readWeighted(inputs, output);
  if (w === undefined || output.shape[3] % w.input.shape[3] !== 0) return undefined;
  const [, kernelH, kernelW] = w.weightInfo.shape;
  const g = describeWindow(w.input, output, [kernelH, kernelW], attributes);
  if (w.dtype === 'float32') return float32Kernel(g, w, attributes.activation, workspace);
  return int8Kernel(g, w, output, attributes.activation, workspace);
}
