import { DOKIC_2021 } from '../calibrate/measurements/dokic-2021.ts';
import { InferscopeError } from '../errors.ts';
import { predict } from '../simulate/predict.ts';
import type { Interval } from '../simulate/prediction.ts';
import { boardOf, modelOf, optionsOf, type Given } from './answer.ts';
import { paperOptionsOf, withPaperOptions, type Experiment } from './experiment-state.ts';

/** A point of a curve: the time at this many filters, or why there is none. */
export interface CurvePoint {
  readonly filters: number;
  readonly latencyMs?: Interval;
  readonly refusal?: string;
}

/** Time against filters on one board. */
export interface Curve {
  readonly board: string;
  readonly points: readonly CurvePoint[];
  /** Published readings by filters, less what the bench read on top of the pulse, in ms; none for other networks. */
  readonly measured: readonly { readonly filters: number; readonly pulseMs: number }[];
}

/** Filters of the curve: those that were measured, and as many again as show where it goes. */
export const CURVE_FILTERS = 16;

function pointAt(experiment: Experiment, id: string, given: Given): CurvePoint {
  const { filters } = paperOptionsOf(experiment)!;
  try {
    const board = boardOf(id, experiment, given);
    return { filters, latencyMs: predict(modelOf(experiment), board, optionsOf(experiment)).latencyMs };
  } catch (error) {
    if (!(error instanceof InferscopeError)) throw error;
    return { filters, refusal: error.message };
  }
}

/** Readings of the published table, of the network and the set-up that were measured. */
function measuredOn(experiment: Experiment, id: string, given: Given): Curve['measured'] {
  const table = DOKIC_2021.find(({ board }) => board === id);
  const isMeasured = withPaperOptions(experiment, { filters: 1 }).model === 'paper:1' && !experiment.floatFc;
  if (!table || !isMeasured || Object.keys(experiment.set).length > 0) return [];
  const offsetMs = boardOf(id, experiment, given).runtime.readingOffsetMs?.value ?? 0;
  return table.rows.map(({ filters, measuredMs }) => ({ filters, pulseMs: measuredMs - offsetMs }));
}

/** Time against filters on each board of an experiment about the published network; empty for a file. */
export function curvesOf(experiment: Experiment, given: Given = {}): Curve[] {
  if (!paperOptionsOf(experiment)) return [];
  return experiment.boards.map((board) => ({
    board,
    points: Array.from({ length: CURVE_FILTERS }, (_, at) =>
      pointAt(withPaperOptions(experiment, { filters: at + 1 }), board, given),
    ),
    measured: measuredOn(experiment, board, given),
  }));
}

/** A cell of the map of kernel sizes: time of one kernel size at one number of filters. */
export interface KernelCell extends CurvePoint {
  readonly kernel: number;
}

/** Sides of the square kernels that are compared. */
export const KERNEL_SIDES: readonly number[] = [1, 3, 5, 7];

/** Time of each kernel size at each number of filters on one board; empty for a file. */
export function kernelMapOf(experiment: Experiment, id: string, given: Given = {}): KernelCell[] {
  if (!paperOptionsOf(experiment)) return [];
  return KERNEL_SIDES.flatMap((kernel) =>
    Array.from({ length: CURVE_FILTERS }, (_, at) => ({
      kernel,
      ...pointAt(withPaperOptions(experiment, { filters: at + 1, kernel }), id, given),
    })),
  );
}
