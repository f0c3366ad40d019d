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

/** Type of the elements in the ring of rows. */
type RingArray = typeof Int16Array | typeof Float32Array;

interface DepthwiseLoops extends WindowLoops {
  readonly ring: RingArray;
  /** Whether weights are packed for wasm/depthwise-3x3.as. */
  readonly is3x3: boolean;
  /** Bytes of the weights of eight channels. */
  readonly groupBytes: number;
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

/** Row in the window and byte offset in the row of each tap, and of the first once more: a pair may want a second one. */
function tapPlaces(g: WindowGeometry, columnBytes: number): Int32Array {
  const taps = g.kernelH * g.kernelW;
  const places = Array.from({ length: taps + 1 }, (_, at) => {
    const tap = at % taps;
    return [Math.floor(tap / g.kernelW) * g.dilationH, (tap % g.kernelW) * columnBytes];
  });
  return Int32Array.from(places.flat());
}

/** The ring of rows that wasm/rows.as fills, all of it outside of the image at first, and a row that stays so. */
function reserveRing(
  rowElements: number,
  rows: number,
  outside: number,
  ArrayOf: RingArray,
  workspace: Workspace,
) {
  const rowBytes = rowElements * ArrayOf.BYTES_PER_ELEMENT;
  // A last vector may end behind the last row.
  const ring = workspace.store(new ArrayOf(rowElements * (rows + 1) + GROUP).fill(outside));
  return { ring, rowBytes, outsideRow: ring + rows * rowBytes };
}

/**
 * Parameter block of `depthwise` and `depthwiseFloats`, fields 0..28 in the order that wasm/rows.as and wasm/depthwise.as
 * read.
 */
export function depthwiseBlock(
  g: WindowGeometry,
  bounds: BlockBounds,
  loops: DepthwiseLoops,
  { weights, constants }: PackedWeights,
  workspace: Workspace,
): number {
  const { steps, outside, is3x3, groupBytes } = loops;
  const elementBytes = loops.ring.BYTES_PER_ELEMENT;
  const groups = Math.ceil(g.outC / GROUP);
  const columnBytes = GROUP * elementBytes;
  const reachW = (g.kernelW - 1) * g.dilationW + 1;
  const ringRows = (g.kernelH - 1) * g.dilationH + 1;
  const columns = Math.max(g.padLeft + g.inW, (g.outW - 1) * g.strideW + reachW);
  const { ring, rowBytes, outsideRow } = reserveRing(
    columns * groups * GROUP,
    ringRows,
    outside,
    loops.ring,
    workspace,
  );
  const taps = workspace.store(tapPlaces(g, g.dilationW * columnBytes));
  const source = [g.inH, g.inW, g.inC, columns * columnBytes, rowBytes, outside, ring];
  const walk = [g.outH, g.outW, steps, g.strideW * columnBytes, g.strideH, taps, weights, constants];
  const window = [g.kernelH, g.dilationH, g.padTop, g.padLeft * columnBytes, ringRows];
  const scratch = [workspace.reserve((g.kernelH * g.kernelW + 1) * 4), outsideRow];
  const kind = [g.outC / g.inC, g.outC, Number(is3x3), groupBytes];
  return workspace.store(Int32Array.from([...bounds, ...source, ...walk, ...window, ...scratch, ...kind]));
}
