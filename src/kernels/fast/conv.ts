import type { OpAttributes } from '../../models/attributes.ts';
import { elementCount, type TensorInfo } from '../../models/graph.ts';
import type { Kernel } from '../kernel.ts';
import type { Operands } from '../op.ts';
import { describeWindow } from '../window.ts';
import type { WindowGeometry } from '../window-counts.ts';
import { channelConstants, packWeights } from './parameters.ts';
import { readWeighted, type FastWeighted } from './weighted.ts';
import type { Workspace } from './workspace.ts';

/** Rows of taps are gathered for so many pixels at a time, as in wasm/kernels.as. */
const CHUNK_PIXELS = 32;

/** Parameter block of `conv` in the order that wasm/kernels.as reads: int32 fields 0..19. */
function convBlock(g: WindowGeometry, w: FastWeighted, workspace: Workspace): number {
  const { rescale: r, weights, bias } = w;
  const taps = g.kernelH * g.kernelW * g.inC;
  const pairs = Math.ceil(taps / 2);
  const pixels = g.outH * g.outW;
  const packed = packWeights(g.outC, taps, r.weightZero, (channel, tap) => weights[channel * taps + tap]);
  const scratch = workspace.reserve(Math.min(CHUNK_PIXELS, pixels) * pairs * 4 + 32);
  const pointers = [scratch, workspace.store(packed), workspace.store(channelConstants(r, bias, g.outC))];
  const window = [g.outW, g.kernelH, g.kernelW, g.strideH, g.strideW, g.padTop, g.padLeft, r.inputZero];
  const bounds = [r.outputZero, r.low, r.high];
  const fields = [...bounds, g.inH, g.inW, g.inC, ...window, pixels, g.outC, pairs, ...pointers];
  return workspace.store(Int32Array.from(fields));
}

function convKernel(g: WindowGeometry, w: FastWeighted, workspace: Workspace): Kernel {
  const block = convBlock(g, w, workspace);
  const { conv } = workspace.exports;
  const batches = g.batches ?? 1;
  const inBytes = g.inH * g.inW * g.inC;
  const outBytes = g.outH * g.outW * g.outC;
  return {
    run([input], [out]) {
      for (let batch = 0; batch < batches; batch++) {
        conv(block, input.byteOffset + batch * inBytes, out.byteOffset + batch * outBytes);
      }
    },
  };
}

/** Convolution of int8 without dilation and groups, or undefined. */
export function prepareFastConv(
  attributes: OpAttributes['CONV_2D'],
  inputs: Operands,
  output: TensorInfo,
  workspace: Workspace,
): Kernel | undefined {
  if (attributes.dilationH !== 1 || attributes.dilationW !== 1) return undefined;
  const w = readWeighted(inputs, output, output.shape[3], attributes.activation, false);
  if (w === undefined || w.weightShape[3] !== w.input.shape[3]) return undefined;
  const g = describeWindow(w.input, output, w.weightShape[1], w.weightShape[2], attributes);
  return convKernel(g, w, workspace);
}

/** Dense layer of int8 as a 1x1 convolution over its rows, or undefined. */
export function prepareFastDense(
  attributes: OpAttributes['FULLY_CONNECTED'],
  inputs: Operands,
  output: TensorInfo,
  workspace: Workspace,
): Kernel | undefined {
  const [outC, inC] = inputs[1]?.shape ?? [];
  const w = readWeighted(inputs, output, outC, attributes.activation, true);
  if (w === undefined) return undefined;
  const rows = elementCount(w.input.shape) / inC;
  const unit = {
    kernelH: 1,
    kernelW: 1,
    strideH: 1,
    strideW: 1,
    dilationH: 1,
    dilationW: 1,
    padTop: 0,
    padLeft: 0,
  };
  const g = { inH: rows, inW: 1, inC, outH: rows, outW: 1, outC, ...unit };
  return convKernel(g, w, workspace);
}
