import type {
  Activation,
  Conv2dAttributes,
  FullyConnectedAttributes,
} from '../../../models/graph/attributes.ts';
import { elementCount, type TensorInfo } from '../../../models/graph/graph.ts';
import type { Kernel } from '../../definition/kernel.ts';
import type { Operands } from '../../definition/operands.ts';
import { prepareRescale } from '../../numbers/rescale.ts';
import { describeWindow } from '../../windows/window.ts';
import type { WindowGeometry } from '../../windows/window-counts.ts';
import { packChannels } from './channel-groups.ts';
import { byteBounds, floatBoundBits, GROUP, packFloatWeights, padBias } from './parameters.ts';
import { perImage, readWeighted, type FastWeighted } from './weighted.ts';
import { convBlock } from './window-block.ts';
import type { Workspace } from './workspace.ts';

interface FastConv {
  readonly g: WindowGeometry;
  readonly w: FastWeighted;
  readonly output: TensorInfo;
  readonly activation: Activation;
  readonly floatProduct: boolean;
}

/** Whether each pixel is its own window, so that taps lie in the input as they are multiplied. */
function isOwnWindow(g: WindowGeometry): boolean {
  return g.kernelH * g.kernelW * g.strideH * g.strideW === 1;
}

function int8Kernel({ g, w, output, activation, floatProduct }: FastConv, workspace: Workspace): Kernel {
  const op = { input: w.input, weights: w.weightInfo, bias: w.biasInfo, output };
  const r = prepareRescale(op, g.outC, activation, floatProduct);
  const taps = g.kernelH * g.kernelW * g.inC;
  // The module multiplies two pairs a step.
  const pairs = 2 * Math.ceil(taps / 4);
  const channels = { rescale: r, bias: w.bias, channels: g.outC, channelStride: taps };
  const order = Int32Array.from({ length: taps }, (_, tap) => tap);
  const values = { weights: w.weights as Int8Array, taps: order, lifted: 'weights' } as const;
  const { packed, constants } = packChannels({ ...channels, ...values }, pairs * 2 * GROUP);
  const stored = { weights: workspace.store(packed), constants: workspace.store(constants) };
  const isPlain = isOwnWindow(g) && 2 * pairs === taps;
  const loops = { steps: pairs, isPlain, outside: r.inputZero };
  const block = convBlock(g, byteBounds(r), loops, stored, workspace);
  return perImage(g, 1, block, workspace.exports.conv);
}

function float32Kernel({ g, w, activation }: FastConv, workspace: Workspace): Kernel {
  const taps = g.kernelH * g.kernelW * g.inC;
  const packed = packFloatWeights(g.outC, taps, (channel, tap) => w.weights[channel * taps + tap]);
  const weights = workspace.store(packed);
  const bias = workspace.store(padBias(w.bias, g.outC));
  const loops = { steps: taps, isPlain: isOwnWindow(g), outside: 0 };
  const block = convBlock(g, floatBoundBits(activation), loops, { weights, constants: bias }, workspace);
  return perImage(g, 4, block, workspace.exports.convFloats);
}

function convKernel(conv: FastConv, workspace: Workspace): Kernel {
  return (conv.w.dtype === 'int8' ? int8Kernel : float32Kernel)(conv, workspace);
}

/** Convolution of int8 or float32 without dilation and groups, or undefined. */
export function prepareFastConv(
  attributes: Conv2dAttributes,
  inputs: Operands,
  output: TensorInfo,
  workspace: Workspace,
): Kernel | undefined {
  if (attributes.dilationH !== 1 || attributes.dilationW !== 1) return undefined;
  const w = readWeighted(inputs, output);
  if (w === undefined || w.weightInfo.shape[3] !== w.input.shape[3]) return undefined;
  const [, kernelH, kernelW] = w.weightInfo.shape;
  const g = describeWindow(w.input, output, [kernelH, kernelW], attributes);
  return convKernel({ g, w, output, activation: attributes.activation, floatProduct: false }, workspace);
}

const UNIT = {
  kernelH: 1,
  kernelW: 1,
  strideH: 1,
  strideW: 1,
  dilationH: 1,
  dilationW: 1,
  padTop: 0,
  padLeft: 0,
};

/** Dense layer of int8 or float32 as a 1x1 convolution over its rows, or undefined. */
export function prepareFastDense(
  attributes: FullyConnectedAttributes,
  inputs: Operands,
  output: TensorInfo,
  workspace: Workspace,
): Kernel | undefined {
  const w = readWeighted(inputs, output);
  if (w === undefined) return undefined;
  const [outC, inC] = w.weightInfo.shape;
  const rows = elementCount(w.input.shape) / inC;
  const g = { inH: rows, inW: 1, inC, outH: rows, outW: 1, outC, ...UNIT };
  return convKernel({ g, w, output, activation: attributes.activation, floatProduct: true }, workspace);
}
