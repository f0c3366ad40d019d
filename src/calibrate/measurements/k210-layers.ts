import type { KpuLayer } from '../../deploy/program.ts';

/** One KPU layer as somebody timed it, submission and interrupt included. */
export interface MeasuredKpuLayer {
  readonly id: string;
  readonly layer: KpuLayer;
  readonly measuredMs: number;
  /** Bytes of the result that the DMA copied to main memory within the time. */
  readonly copiedBytes?: number;
}

/** Layers of one source, with the clocks of its test. */
export interface KpuLayerSource {
  readonly source: string;
  readonly coreHz: number;
  readonly kpuHz: number;
  /** What the test's own code takes beside the layer, where it is not the SDK's submission and interrupt. */
  readonly fixedMs?: { readonly value: number; readonly source: string };
  readonly layers: readonly MeasuredKpuLayer[];
}

type Maps = readonly [h: number, w: number, c: number];

function layer(
  input: Maps,
  output: Maps,
  kernel: 1 | 3,
  depthwise: boolean,
  weightBits: 8 | 16 = 8,
): KpuLayer {
  const [inH, inW, inC] = input;
  const [outH, outW, outC] = output;
  const poolType = outH < inH ? 1 : 0;
  return { inH, inW, inC, outH, outW, outC, kernel, depthwise, poolType, weightBits };
}

type Row = readonly [id: string, input: Maps, output: Maps, kernel: 1 | 3, measuredMs: number];

const rows = (depthwise: boolean, ...list: Row[]): MeasuredKpuLayer[] =>
  list.map(([id, input, output, kernel, measuredMs]) => ({
    id,
    layer: layer(input, output, kernel, depthwise),
    measuredMs,
  }));

const square = (w: number, h: number, measuredMs: number): MeasuredKpuLayer => ({
  id: `sipeed-k210-conv3x3-${w}x${h}`,
  layer: layer([h, w, 128], [h, w, 128], 3, false, 16),
  measuredMs,
});

/** 128 to 128 channels, 3x3, 16-bit weights. */
const SIPEED_691: KpuLayerSource = {
  source: 'Sipeed forum, topic 691: "MAIX performance and limit for AI models"',
  coreHz: 500e6,
  kpuHz: 300e6,
  fixedMs: {
    value: 0.117,
    source:
      'what is left of its 4x4 and 16x4 rows (0.339 ms) after their weights: not the SDK, whose layers take 0.0105',
  },
  layers: [
    square(4, 4, 0.339),
    square(16, 4, 0.339),
    square(16, 16, 0.417),
    square(32, 16, 0.692),
    square(32, 32, 1.138),
    square(64, 32, 2.125),
    square(64, 64, 3.891),
    square(128, 64, 7.709),
    square(128, 128, 14.778),
    square(256, 256, 57.756),
  ],
};

const DEEP: Maps = [15, 20, 256];

/** The public face detector, 320x240, printed by the SDK's debug build; layer shapes from its kmodel. */
export const K210_FACE: KpuLayerSource = {
  source: 'kendryte/nncase issue 77; clocks as the SDK demo sets them',
  coreHz: 400e6,
  kpuHz: 400e6,
  layers: [
    ...rows(false, ['k210-face-l00', [240, 320, 3], [120, 160, 16], 3, 0.206]),
    ...rows(true, ['k210-face-l01', [120, 160, 16], [120, 160, 16], 3, 0.039]),
    ...rows(false, ['k210-face-l02', [120, 160, 16], [60, 80, 32], 1, 0.514]),
    ...rows(true, ['k210-face-l03', [60, 80, 32], [60, 80, 32], 3, 0.029]),
    ...rows(false, ['k210-face-l04', [60, 80, 32], [60, 80, 64], 1, 0.68]),
    ...rows(true, ['k210-face-l05', [60, 80, 64], [60, 80, 64], 3, 0.053]),
    ...rows(false, ['k210-face-l06', [60, 80, 64], [30, 40, 64], 1, 1.328]),
    ...rows(true, ['k210-face-l07', [30, 40, 64], [30, 40, 64], 3, 0.02]),
    ...rows(false, ['k210-face-l08', [30, 40, 64], [30, 40, 128], 1, 0.704]),
    ...rows(true, ['k210-face-l09', [30, 40, 128], [30, 40, 128], 3, 0.034]),
    ...rows(false, ['k210-face-l10', [30, 40, 128], [15, 20, 128], 1, 1.385]),
    ...rows(true, ['k210-face-l11', [15, 20, 128], [15, 20, 128], 3, 0.016]),
    ...rows(false, ['k210-face-l12', [15, 20, 128], DEEP, 1, 0.781]),
    ...rows(true, ['k210-face-l13', DEEP, DEEP, 3, 0.025]),
    ...rows(false, ['k210-face-l14', DEEP, DEEP, 1, 1.522]),
    ...rows(true, ['k210-face-l15', DEEP, DEEP, 3, 0.026]),
    ...rows(false, ['k210-face-l16', DEEP, DEEP, 1, 1.521]),
    ...rows(true, ['k210-face-l17', DEEP, DEEP, 3, 0.026]),
    ...rows(false, ['k210-face-l18', DEEP, DEEP, 1, 1.521]),
    ...rows(true, ['k210-face-l19', DEEP, DEEP, 3, 0.026]),
    ...rows(false, ['k210-face-l20', DEEP, DEEP, 1, 1.521]),
    ...rows(true, ['k210-face-l21', DEEP, DEEP, 3, 0.025]),
    ...rows(false, ['k210-face-l22', DEEP, [15, 20, 30], 1, 0.326]).map((row) => ({
      ...row,
      copiedBytes: 9000,
    })),
  ],
};

/** Last layer of the face detector: its float output of 9000 elements. */
export const K210_FACE_DEQUANTIZE = {
  id: 'k210-face-l23',
  elements: 9000,
  measuredMs: 0.404,
  /** Of the SDK's build, which is this very measurement; MaixPy's build has a constant of its own. */
  sdkCyclesPerElement: 18,
} as const;

/** Sum of the 24 layers as printed. */
export const K210_FACE_MODEL = { id: 'k210-face-model', measuredMs: 12.732 } as const;

/** Test networks of nncase issues; sizes inferred from their text and timings. */
const NNCASE_ISSUES: KpuLayerSource = {
  source: 'kendryte/nncase issues 95, 96, 97; clocks as the SDK demo sets them',
  coreHz: 400e6,
  kpuHz: 400e6,
  layers: [
    ...rows(
      false,
      ['k210-nncase95-l0', [240, 320, 3], [120, 160, 16], 3, 0.21],
      ['k210-nncase95-l1', [120, 160, 16], [120, 160, 16], 3, 0.268],
      ['k210-nncase95-l2', [120, 160, 16], [120, 160, 16], 3, 0.268],
      ['k210-nncase96-l1', [120, 160, 16], [60, 80, 16], 3, 0.269],
      ['k210-nncase96-l2', [60, 80, 16], [60, 80, 16], 3, 0.099],
    ),
    ...rows(true, ['k210-nncase97-l2-dw', [120, 160, 16], [120, 160, 16], 3, 0.042]),
  ],
};

/** Published timings of single KPU layers (rows of these ids in `data/measured.csv`). */
export const K210_LAYER_SOURCES: readonly KpuLayerSource[] = [SIPEED_691, K210_FACE, NNCASE_ISSUES];
