/**
 * Dokic, Mikolcevic, Radisic, "Inference speed comparison using convolutions in neural networks on various
 * SoC hardware platforms using MicroPython", RTA-CSIT 2021, tables 2 and 3: Conv2D(F, 3x3, same, relu) on
 * 14x14x1, Flatten, Dense(10), timed by the width of a pin's pulse on an oscilloscope.
 */
export interface PaperRow {
  readonly filters: number;
  readonly measuredMs: number;
}

export interface PaperTable {
  readonly board: string;
  readonly table: string;
  /** Step of the printed column, in ms: a printed value is right to half of it. */
  readonly resolutionMs: number;
  readonly rows: readonly PaperRow[];
  /** Bars of the project: mean error in percent of held-out rows, one left out at a time, and 6..10 from 1..5. */
  readonly bars: { readonly looPercent: number; readonly low5Percent: number };
  /** What makes the column look as it does, in sentences. */
  readonly why: readonly string[];
}

const column = (values: readonly number[]): PaperRow[] =>
  values.map((measuredMs, index) => ({ filters: index + 1, measuredMs }));

export const DOKIC_2021: readonly PaperTable[] = [
  {
    board: 'maixduino',
    table: 'table 2',
    resolutionMs: 0.1,
    rows: column([1.2, 1.3, 1.4, 1.5, 1.6, 2.0, 2.3, 2.3, 2.6, 2.6]),
    bars: { looPercent: 3, low5Percent: 6 },
    why: [
      'Up to 5 filters Dense has at most 1024 inputs, so the converter moves it to the KPU; from 6 filters on the core computes it in float32.',
      "The core's float loop is unrolled by 8 only if the input count is divisible by 8: 196 F is so for even F, which is why 7 and 9 filters cost as much as 8 and 10.",
      'Copies and conversions by the core (copy-out, dequantize, flatten, quantize) cost far more than the convolution on the KPU.',
      'The published column is most likely the loop period: the published script sleeps 1 ms after the pin goes low. The pulse alone is printed beside it.',
    ],
  },
  {
    board: 'openmv-h7-plus',
    table: 'table 3',
    resolutionMs: 0.01,
    rows: column([0.22, 0.33, 0.42, 0.52, 0.63, 0.74, 0.85, 0.97, 1.08, 1.2]),
    bars: { looPercent: 1.5, low5Percent: 3 },
    why: [
      'The core runs TensorFlow Lite Micro reference loops: every filter adds the same 79,808 instructions.',
      'The curve still bends: the dense layer reads its input ten times while the weights stream through 16 KiB of data cache, so from 5 filters on more and more of it comes from SDRAM again.',
      'net.classify builds a new interpreter on every call, which costs as much as one third of a filter.',
    ],
  },
];

/** One of the ten networks as tables 2 and 3 print it; both tables have the same columns. */
export interface PaperNetwork {
  readonly filters: number;
  /** Share of the authors' 12,000 test images, 0 to 1. */
  readonly accuracy: number;
  /** The .tflite file in whole KiB, printed as kB: rounded down. */
  readonly fileKib: number;
}

const PRINTED_KIB = [8, 16, 24, 31, 39, 47, 54, 62, 70, 78];

/** Accuracy and file of the ten networks, tables 2 and 3. */
export const DOKIC_2021_NETWORKS: readonly PaperNetwork[] = [
  0.8969, 0.922, 0.9479, 0.933, 0.952, 0.9637, 0.9623, 0.9624, 0.9632, 0.962,
].map((accuracy, index) => ({ filters: index + 1, accuracy, fileKib: PRINTED_KIB[index] }));
