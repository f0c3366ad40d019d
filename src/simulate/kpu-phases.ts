import type { KpuUnit } from '../boards/board/board.ts';
import { kpuLayout, kpuLoads, type KpuLoads } from '../models/formats/kmodel/kpu-layout.ts';
import type { KpuLayer } from '../deploy/program.ts';

/**
 * Bytes of batch-norm arguments per output channel, and of the activation table
 * (docs/hardware/k210.md#layer-arguments).
 */
const BATCH_NORM_BYTES = 8;
const ACTIVATION_TABLE_BYTES = 144;

/** What one KPU layer does, in bytes to fetch and KPU cycles to compute; nothing here depends on a clock. */
export interface KpuPhases extends KpuLoads {
  /** Fetched before anything computes: batch-norm arguments, activation table, first load. */
  readonly headBytes: number;
  /** Compute of one output channel. */
  readonly channelKpuCycles: number;
  readonly computeKpuCycles: number;
  /** Output channels. */
  readonly outC: number;
}

/** The layer that was looked at last: deep networks have many alike, one behind the other. */
let last: { readonly layer: KpuLayer; readonly constants: object; readonly phases: KpuPhases } | undefined;

function isSameLayer(a: KpuLayer, b: KpuLayer): boolean {
  const isMap = a.inH === b.inH && a.inW === b.inW && a.outH === b.outH && a.outW === b.outW;
  const isKernel = a.kernel === b.kernel && a.depthwise === b.depthwise && a.poolType === b.poolType;
  return isMap && isKernel && a.inC === b.inC && a.outC === b.outC && a.weightBits === b.weightBits;
}

/** `phasesOf`, the same object for a layer that is as the one before. */
export function kpuPhases(layer: KpuLayer, constants: KpuUnit['constants']): KpuPhases {
  if (last?.constants === constants && isSameLayer(last.layer, layer)) return last.phases;
  const phases = phasesOf(layer, constants);
  last = { layer, constants, phases };
  return phases;
}

/**
 * Fetch and compute of a layer. With lines = h_in * rl_in and G = ceil(c_in / g_in), one output channel costs
 * (G + 1) * lines + gap * G * rl_in KPU cycles, all channels of a depthwise layer G * (2 * lines + gap * rl_in)
 * (docs/hardware/k210.md#cost-of-a-kpu-layer, fitted there to 35 published layers; a 1x1 kernel costs as much as a
 * 3x3).
 */
function phasesOf(layer: KpuLayer, constants: KpuUnit['constants']): KpuPhases {
  const { outC } = layer;
  const { weightBytes, channelBytes, channelsPerLoad, loads, firstLoadBytes } = kpuLoads(layer);
  const { channelsPerLine, linesPerRow } = kpuLayout(layer.inW);
  const lines = layer.inH * linesPerRow;
  const groups = Math.ceil(layer.inC / channelsPerLine);
  const gapCycles = constants.rowGapKpuCycles.value * linesPerRow;
  const perChannel = (groups + 1) * lines + groups * gapCycles;
  const computeKpuCycles = layer.depthwise ? groups * (2 * lines + gapCycles) : outC * perChannel;
  const headBytes = BATCH_NORM_BYTES * outC + ACTIVATION_TABLE_BYTES + firstLoadBytes;
  const channelKpuCycles = computeKpuCycles / outC;
  return {
    weightBytes,
    channelBytes,
    channelsPerLoad,
    loads,
    firstLoadBytes,
    headBytes,
    channelKpuCycles,
    computeKpuCycles,
    outC,
  };
}
