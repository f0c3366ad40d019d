/** How the KPU lays maps of one width into 64-byte lines (docs/hardware/k210.md#feature-map-layout). */
export interface KpuLayout {
  /** Channels that share a line, `g`. */
  readonly channelsPerLine: number;
  readonly pitchBytes: number;
  /** Lines of one image row, `rl`. */
  readonly linesPerRow: number;
}

export const KPU_LINE_BYTES = 64;
/** 2 MiB of AI SRAM. */
export const KPU_LINES = 32768;

export function kpuLayout(width: number): KpuLayout {
  if (width <= 16) return { channelsPerLine: 4, pitchBytes: 16, linesPerRow: 1 };
  if (width <= 32) return { channelsPerLine: 2, pitchBytes: 32, linesPerRow: 1 };
  return { channelsPerLine: 1, pitchBytes: 64, linesPerRow: Math.ceil(width / KPU_LINE_BYTES) };
}

/** Lines that `c` maps of h x w occupy: rl * h * ceil(c / min(c, g)). */
export function kpuLinesOf(h: number, w: number, c: number): number {
  const { channelsPerLine, linesPerRow } = kpuLayout(w);
  return linesPerRow * h * Math.ceil(c / Math.min(c, channelsPerLine));
}

/** What the parameter loads of a layer depend on. */
export interface KpuWeights {
  readonly inC: number;
  readonly outC: number;
  readonly kernel: number;
  readonly depthwise: boolean;
  readonly weightBits: 8 | 16;
}

export interface KpuLoads {
  readonly weightBytes: number;
  /** Weight bytes of one output channel. */
  readonly channelBytes: number;
  /** 0 where one channel alone passes the limit: no KPU layer can hold it. */
  readonly channelsPerLoad: number;
  readonly loads: number;
  readonly firstLoadBytes: number;
}

/** Bytes of one parameter load that ncc 0.1 allows itself, by weight bits (docs/hardware/k210.md#parameter-loads). */
const LOAD_LIMIT_BYTES = { 8: 30 * 1024, 16: 60 * 1024 } as const;

/** How ncc 0.1 cuts a layer's weights into loads; a depthwise layer is one load of everything. */
export function kpuLoads({ inC, outC, kernel, depthwise, weightBits }: KpuWeights): KpuLoads {
  const channelBytes = (kernel * kernel * (depthwise ? 1 : inC) * weightBits) / 8;
  const weightBytes = channelBytes * outC;
  if (depthwise)
    return { weightBytes, channelBytes, channelsPerLoad: outC, loads: 1, firstLoadBytes: weightBytes };
  const channelsPerLoad = Math.min(outC, Math.floor(LOAD_LIMIT_BYTES[weightBits] / channelBytes));
  const loads = channelsPerLoad === 0 ? Infinity : Math.ceil(outC / channelsPerLoad);
  return {
    weightBytes,
    channelBytes,
    channelsPerLoad,
    loads,
    firstLoadBytes: channelsPerLoad * channelBytes,
  };
}
