import { maixduino } from '../boards/index.ts';
import { withPriors } from '../boards/board/calibrated.ts';
import type { Board } from '../boards/board/board.ts';
import { withConstants } from '../boards/board/constant-paths.ts';
import type { Step } from '../deploy/program.ts';
import { Machine } from '../simulate/machine.ts';
import { scheduleProgram } from '../simulate/schedule.ts';
import { msFromPs } from '../units.ts';
import {
  K210_FACE,
  K210_FACE_DEQUANTIZE,
  K210_FACE_MODEL,
  K210_LAYER_SOURCES,
  type KpuLayerSource,
  type MeasuredKpuLayer,
} from './measurements/k210-layers.ts';

/** From here on a layer is long: its rows are printed in whole us, so that shorter ones are coarse. */
const LONG_MS = 0.1;
/** Errors in percent that rows must stay within. */
const BARS = { long: 4, short: 15, face: 3 };

export interface LayerRow {
  readonly id: string;
  /** In ms, like `predicted`. */
  readonly measured: number;
  readonly predicted: number;
  readonly errorPercent: number;
}

export interface LayerGate {
  readonly name: string;
  readonly holds: boolean;
  /** Largest error of its rows, in percent. */
  readonly figure: number;
  readonly bar: number;
}

export interface LayersValidation {
  readonly rows: readonly LayerRow[];
  readonly medianPercent: number;
  readonly mapePercent: number;
  readonly within10Percent: number;
  readonly worst: LayerRow;
  readonly gates: readonly LayerGate[];
}

/**
 * The simulated pipeline against published layers, each on the clocks of its test, and against the whole face
 * detector. The board is the one before the paper was seen. Its four KPU constants were fitted to most of these rows
 * (the source of each is in the board), so this judges the pipeline's form and not a prediction of the unseen.
 */
export function validateK210Layers(): LayersValidation {
  const layers = K210_LAYER_SOURCES.flatMap((source) => source.layers.map((entry) => rowOf(entry, source)));
  const face = faceRow(layers);
  const rows = [...layers, face];
  const errors = rows.map((row) => Math.abs(row.errorPercent)).sort((a, b) => a - b);
  const isLong = (row: LayerRow): boolean => row.measured >= LONG_MS;
  return {
    rows,
    medianPercent: (errors[(errors.length - 1) >> 1] + errors[errors.length >> 1]) / 2,
    mapePercent: errors.reduce((sum, error) => sum + error, 0) / errors.length,
    within10Percent: (100 * errors.filter((error) => error <= 10).length) / errors.length,
    worst: worstOf(rows),
    gates: [
      gate(`layers of ${LONG_MS} ms or more: largest error %`, layers.filter(isLong), BARS.long),
      gate(
        'shorter layers: largest error %',
        layers.filter((row) => !isLong(row)),
        BARS.short,
      ),
      gate('face detector with copy-out and dequantize: error %', [face], BARS.face),
    ],
  };
}

function rowOf(entry: MeasuredKpuLayer, source: KpuLayerSource): LayerRow {
  return compare(entry.id, entry.measuredMs, simulatedLayerMs(entry, boardOf(source)));
}

function compare(id: string, measured: number, predicted: number): LayerRow {
  return { id, measured, predicted, errorPercent: (predicted / measured - 1) * 100 };
}

/** The chip on a test's clocks; a fixed part of the test takes the place of the SDK's submission and interrupt. */
function boardOf({ coreHz, kpuHz, fixedMs }: KpuLayerSource): Board {
  const values = new Map([
    ['clocks.core.hz', coreHz],
    ['clocks.kpu.hz', kpuHz],
  ]);
  if (fixedMs) {
    values.set('units.kpu.constants.submitCoreCycles', 0);
    values.set('units.kpu.constants.interruptCoreCycles', (fixedMs.value / 1000) * coreHz);
  }
  return withConstants(withPriors(maixduino), values);
}

function simulatedLayerMs({ layer, copiedBytes }: MeasuredKpuLayer, board: Board): number {
  const conv = { ...step('K210Conv', 'kpu', 0), kpu: layer };
  const steps = copiedBytes === undefined ? [conv] : [conv, step('K210CopyOut', 'dma', copiedBytes)];
  const memory = { flashBytes: 0, ramBytes: 0, parts: [] };
  const program = { toolchain: 'ncc', model: 'layer', dtype: 'uint8', steps, memory, warnings: [] } as const;
  return msFromPs(new Machine(board).run(scheduleProgram(program, board)));
}

function step(op: string, unit: string, loadBytes: number): Step {
  const work = { macs: 0, elements: loadBytes, loadBytes, storeBytes: loadBytes, weightBytes: 0, counts: {} };
  const placement = { rule: 'ncc/measured', reason: 'as the published test ran it' };
  return { node: null, op, unit, dtype: 'uint8', kernels: 'maixpy-0.5', work, memories: {}, placement };
}

function faceRow(layers: readonly LayerRow[]): LayerRow {
  const ids = new Set(K210_FACE.layers.map(({ id }) => id));
  const kpuMs = layers.filter(({ id }) => ids.has(id)).reduce((sum, row) => sum + row.predicted, 0);
  const { elements, sdkCyclesPerElement } = K210_FACE_DEQUANTIZE;
  const dequantizeMs = (elements * sdkCyclesPerElement * 1000) / K210_FACE.coreHz;
  return compare(K210_FACE_MODEL.id, K210_FACE_MODEL.measuredMs, kpuMs + dequantizeMs);
}

function worstOf(rows: readonly LayerRow[]): LayerRow {
  return rows.reduce((a, b) => (Math.abs(b.errorPercent) > Math.abs(a.errorPercent) ? b : a));
}

function gate(name: string, rows: readonly LayerRow[], bar: number): LayerGate {
  const figure = Math.abs(worstOf(rows).errorPercent);
  return { name, holds: figure <= bar, figure, bar };
}
