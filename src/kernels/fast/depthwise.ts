import type { OpAttributes } from '../../models/attributes.ts';
import type { TensorInfo } from '../../models/graph.ts';
import type { Kernel } from '../kernel.ts';
import type { Operands } from '../op.ts';
import { describeWindow } from '../window.ts';
import type { WindowGeometry } from '../window-counts.ts';
import { channelConstants, GROUP, packWeights } from './parameters.ts';
import { readWeighted, type FastWeighted } from './weighted.ts';
import type { Workspace } from './workspace.ts';

/** Rows or columns of the image with its border, so that no tap needs a check. */
function paddedLength(
  input: number,
  output: number,
  kernel: number,
  stride: number,
  dilation: number,
  pad: number,
): number {
  return Math.max(pad + input, (output - 1) * stride + (kernel - 1) * dilation + 1);
}

/** Parameter block of `depthwise` in the order that wasm/kernels.as reads: int32 fields 0..18. */
function depthwiseBlock(
  g: WindowGeometry,
  { rescale: r, weights, bias }: FastWeighted,
  workspace: Workspace,
): number {
  const pixelBytes = Math.ceil(g.inC / GROUP) * GROUP * 2;
  const rowBytes = pixelBytes * paddedLength(g.inW, g.outW, g.kernelW, g.strideW, g.dilationW, g.padLeft);
  const image = workspace.reserve(
    rowBytes * paddedLength(g.inH, g.outH, g.kernelH, g.strideH, g.dilationH, g.padTop),
  );
  const taps = g.kernelH * g.kernelW;
  const pairs = Math.ceil(taps / 2);
  const offsets = Int32Array.from({ length: 2 * pairs }, (_, tap) => {
    if (tap >= taps) return 0;
    return (
      Math.floor(tap / g.kernelW) * g.dilationH * rowBytes + (tap % g.kernelW) * g.dilationW * pixelBytes
    );
  });
  const packed = packWeights(g.outC, taps, r.weightZero, (channel, tap) => weights[tap * g.outC + channel]);
  const constants = workspace.store(channelConstants(r, bias, g.outC));
  const first = image + g.padTop * rowBytes + g.padLeft * pixelBytes;
  const source = [g.inH, g.inW, g.inC, pixelBytes, rowBytes, r.inputZero, first];
  const steps = [g.outH, g.outW, pairs, g.strideW * pixelBytes, g.strideH * rowBytes];
  const pointers = [workspace.store(offsets), workspace.store(packed), constants, image];
  const fields = [r.outputZero, r.low, r.high, ...source, ...steps, ...pointers];
  return workspace.store(Int32Array.from(fields));
}

/** Depthwise convolution of int8 with as many outputs as inputs, or undefined. */
export function prepareFastDepthwise(
  attributes: OpAttributes['DEPTHWISE_CONV_2D'],
  inputs: Operands,
  output: TensorInfo,
  workspace: Workspace,
): Kernel | undefined {
  const w = readWeighted(inputs, output, output.shape[3], attributes.activation, false);
  if (w === undefined || w.input.shape[3] !== output.shape[3]) return undefined;
  const g = describeWindow(w.input, output, w.weightShape[1], w.weightShape[2], attributes);
  const block = depthwiseBlock(g, w, workspace);
  const { depthwise } = workspace.exports;
  const batches = g.batches ?? 1;
  const inBytes = g.inH * g.inW * g.inC;
  const outBytes = g.outH * g.outW * g.outC;
  return {
    run([input], [out]) {
      for (let batch = 0; batch < batches; batch++) {
        depthwise(block, input.byteOffset + batch * inBytes, out.byteOffset + batch * outBytes);
      }
    },
  };
}
