import type { WindowGeometry } from '../../windows/window-counts.ts';
import { GROUP } from './parameters.ts';
import type { Workspace } from './workspace.ts';

/** Rows of taps are gathered for so many pixels at a time, as in wasm/kernels.as. */
const CHUNK_PIXELS = 32;

/** First fields of every parameter block: output zero point and bounds (float bits for float32), then the zero point in. */
export interface BlockEnds {
  readonly bounds: readonly [zero: number, low: number, high: number];
  readonly inputZero: number;
}

/** Byte offsets of what a kernel reads beside its input. */
export interface PackedWeights {
  readonly weights: number;
  readonly constants: number;
}

/**
 * Parameter block of `conv` and `convFloats`, fields 0..19 in the order that wasm/kernels.as reads. `steps` is the
 * inner length as the module counts it (pairs or taps, 4 bytes each).
 */
export function convBlock(
  g: WindowGeometry,
  { bounds, inputZero }: BlockEnds,
  steps: number,
  { weights, constants }: PackedWeights,
  workspace: Workspace,
): number {
  const pixels = g.outH * g.outW;
  const scratch = workspace.reserve(Math.min(CHUNK_PIXELS, pixels) * steps * 4 + 32);
  const window = [g.outW, g.kernelH, g.kernelW, g.strideH, g.strideW, g.padTop, g.padLeft, inputZero];
  const loops = [pixels, g.outC, steps, scratch, weights, constants];
  return workspace.store(Int32Array.from([...bounds, g.inH, g.inW, g.inC, ...window, ...loops]));
}

/** Rows or columns of the image with its border, so that no tap needs a check. */
function borderedLength(input: number, output: number, reach: number, stride: number, pad: number): number {
  return Math.max(pad + input, (output - 1) * stride + reach);
}

/** Byte offset of each tap from a window's first pixel, `count` of them, 0 past the last. */
function tapOffsets(g: WindowGeometry, rowBytes: number, pixelBytes: number, count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, tap) => {
    if (tap >= g.kernelH * g.kernelW) return 0;
    const [ky, kx] = [Math.floor(tap / g.kernelW), tap % g.kernelW];
    return ky * g.dilationH * rowBytes + kx * g.dilationW * pixelBytes;
  });
}

/**
 * Parameter block of `depthwise` and `depthwiseFloats`, fields 0..18: the image is copied into a zero border with its
 * channels padded to eight, `elementBytes` each. `steps` loops over `offsetCount` taps.
 */
export function depthwiseBlock(
  g: WindowGeometry,
  { bounds, inputZero }: BlockEnds,
  { steps, offsetCount, elementBytes }: { steps: number; offsetCount: number; elementBytes: number },
  { weights, constants }: PackedWeights,
  workspace: Workspace,
): number {
  const pixelBytes = Math.ceil(g.inC / GROUP) * GROUP * elementBytes;
  const reachH = (g.kernelH - 1) * g.dilationH + 1;
  const reachW = (g.kernelW - 1) * g.dilationW + 1;
  const rowBytes = pixelBytes * borderedLength(g.inW, g.outW, reachW, g.strideW, g.padLeft);
  const image = workspace.reserve(rowBytes * borderedLength(g.inH, g.outH, reachH, g.strideH, g.padTop) + 32);
  const first = image + g.padTop * rowBytes + g.padLeft * pixelBytes;
  const offsets = workspace.store(tapOffsets(g, rowBytes, pixelBytes, offsetCount));
  const source = [g.inH, g.inW, g.inC, pixelBytes, rowBytes, inputZero, first];
  const loops = [g.outH, g.outW, steps, g.strideW * pixelBytes, g.strideH * rowBytes];
  return workspace.store(
    Int32Array.from([...bounds, ...source, ...loops, offsets, weights, constants, image]),
  );
}
