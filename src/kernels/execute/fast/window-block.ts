import type { WindowGeometry } from '../../windows/window-counts.ts';
import { GROUP, type BlockBounds } from './parameters.ts';
import type { Workspace } from './workspace.ts';

/** Rows of taps are gathered for so many pixels at a time, as in wasm/conv.as. */
const CHUNK_PIXELS = 32;

/** Byte offsets of what a kernel reads beside its input. */
export interface PackedWeights {
  readonly weights: number;
  readonly constants: number;
}

/** The inner loop as the module counts it (pairs or taps, 4 bytes each), and the value outside of the image. */
interface WindowLoops {
  readonly steps: number;
  readonly outside: number;
}

/** Parameter block of `conv` and `convFloats`, fields 0..20 in the order that wasm/conv.as reads. */
export function convBlock(
  g: WindowGeometry,
  bounds: BlockBounds,
  { steps, outside, isPlain }: WindowLoops & { readonly isPlain: boolean },
  { weights, constants }: PackedWeights,
  workspace: Workspace,
): number {
  const pixels = g.outH * g.outW;
  const scratch = workspace.reserve(Math.min(CHUNK_PIXELS, pixels) * steps * 4 + 32);
  const window = [g.outW, g.kernelH, g.kernelW, g.strideH, g.strideW, g.padTop, g.padLeft, outside];
  const loops = [pixels, g.outC, steps, scratch, weights, constants, Number(isPlain)];
  return workspace.store(Int32Array.from([...bounds, g.inH, g.inW, g.inC, ...window, ...loops]));
}

/** Row in the window and byte offset in the row of each tap, `count` of them; those past the last are the first again. */
function tapPlaces(g: WindowGeometry, pixelBytes: number, count: number): Int32Array {
  const places = Array.from({ length: count }, (_, tap) => {
    if (tap >= g.kernelH * g.kernelW) return [0, 0];
    const [ky, kx] = [Math.floor(tap / g.kernelW), tap % g.kernelW];
    return [ky * g.dilationH, kx * g.dilationW * pixelBytes];
  });
  return Int32Array.from(places.flat());
}

/** The ring of rows that wasm/rows.as fills, all of it outside of the image at first, and a row that stays so. */
function reserveRing(
  rowElements: number,
  rows: number,
  outside: number,
  floats: boolean,
  workspace: Workspace,
) {
  const ArrayOf = floats ? Float32Array : Int16Array;
  const rowBytes = rowElements * ArrayOf.BYTES_PER_ELEMENT;
  // A last vector may end behind the last row.
  const ring = workspace.store(new ArrayOf(rowElements * (rows + 1) + GROUP).fill(outside));
  return { ring, rowBytes, outsideRow: ring + rows * rowBytes };
}

/**
 * Parameter block of `depthwise` and `depthwiseFloats`, fields 0..26 in the order that wasm/rows.as and wasm/depthwise.as
 * read. `steps` loops over `tapCount` taps.
 */
export function depthwiseBlock(
  g: WindowGeometry,
  bounds: BlockBounds,
  loops: WindowLoops & { readonly tapCount: number; readonly floats: boolean },
  { weights, constants }: PackedWeights,
  workspace: Workspace,
): number {
  const { steps, tapCount, outside, floats } = loops;
  const padded = Math.ceil(g.outC / GROUP) * GROUP;
  const pixelBytes = padded * (floats ? 4 : 2);
  const reachW = (g.kernelW - 1) * g.dilationW + 1;
  const ringRows = (g.kernelH - 1) * g.dilationH + 1;
  const columns = Math.max(g.padLeft + g.inW, (g.outW - 1) * g.strideW + reachW);
  const { ring, rowBytes, outsideRow } = reserveRing(columns * padded, ringRows, outside, floats, workspace);
  const taps = workspace.store(tapPlaces(g, pixelBytes, tapCount));
  const source = [g.inH, g.inW, g.inC, pixelBytes, rowBytes, outside, ring];
  const walk = [g.outH, g.outW, steps, g.strideW * pixelBytes, g.strideH, taps, weights, constants];
  const window = [g.kernelH, g.dilationH, g.padTop, g.padLeft * pixelBytes, ringRows];
  const scratch = [workspace.reserve(tapCount * 4), outsideRow, g.outC / g.inC, g.outC];
  return workspace.store(Int32Array.from([...bounds, ...source, ...walk, ...window, ...scratch]));
}
