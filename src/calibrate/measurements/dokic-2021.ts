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
}

const column = (values: readonly number[]): PaperRow[] =>
  values.map((measuredMs, index) => ({ filters: index + 1, measuredMs }));

export const DOKIC_2021: readonly PaperTable[] = [
  {
    board: 'maixduino',
    table: 'table 2',
    resolutionMs: 0.1,
    rows: column([1.2, 1.3, 1.4, 1.5, 1.6, 2.0, 2.3, 2.3, 2.6, 2.6]),
  },
  {
    board: 'openmv-h7-plus',
    table: 'table 3',
    resolutionMs: 0.01,
    rows: column([0.22, 0.33, 0.42, 0.52, 0.63, 0.74, 0.85, 0.97, 1.08, 1.2]),
  },
];
