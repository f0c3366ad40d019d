import type { Board } from '../boards/board/board.ts';
import type { DeployOptions } from '../deploy/options.ts';
import type { Model } from '../models/formats/model.ts';
import { msFromPs, psFromMs } from '../units.ts';
import type { Prediction } from './prediction.ts';

/** What a fitted time depends on besides the network and its board. */
export interface FittedOptions extends DeployOptions {
  /** Other frequencies for the board's clocks, in Hz by clock id. */
  readonly clockHz?: Readonly<Record<string, number>>;
  /** Engine whose published times are the measure, "x-cube-ai" or "x-cube-ai@9.0"; that of the kernels where absent. */
  readonly engine?: string | undefined;
}

/** A network, the type that it is computed in, and what it runs on. */
export interface FittedQuestion {
  readonly model: Model;
  readonly dtype: string;
  readonly board: Board;
  readonly options: FittedOptions;
}

/** What published rows say of a network on a board, and what the simulation says of the board as those rows are of it. */
export interface FittedTime {
  readonly latencyMs: number;
  readonly lowMs: number;
  readonly highMs: number;
  readonly status: NonNullable<Prediction['status']>;
  readonly engine: string;
  readonly version: string;
  /** Published rows of the board with the engine; 0 where it was fitted on other boards alone. */
  readonly rows: number;
  /** The board that the fit is of, and its kernel library. */
  readonly asBuilt: Board;
  readonly kernels: string;
  /** What the network takes there; NaN where that board does not run it. */
  readonly simulatedMs: number;
}

/** Of a 90 % interval, in ms. */
export interface Ends {
  readonly low: number;
  readonly high: number;
}

/** Times that are fitted to published rows, of boards that have no fit to measurements of their own. */
export interface FittedTimes {
  /** The board that the engine of the options runs on: without an accelerator that it does not use. */
  boardOf(board: Board, options: FittedOptions): Board;
  /**
   * Undefined where no row tells of the board's core, or the board has a fit of its own. `asIsMs` simulates the network on
   * the board as it is asked about, at its own clocks.
   */
  timeOf(question: FittedQuestion, asIsMs: () => number): FittedTime | undefined;
  /** Of the fitted time where `simulatedMs` are simulated: what `applyTo` says of a prediction, without one. */
  endsOf(fitted: FittedTime, simulatedMs: number, board: Board, options: FittedOptions): Ends;
  /** A simulated prediction with the fitted time, and its steps in proportion. */
  applyTo(prediction: Prediction, fitted: FittedTime, board: Board, options: FittedOptions): Prediction;
}

let inUse: FittedTimes | undefined;

/**
 * From now on `predict` and sweeps tell these times. The boards that need them bring them (`src/calibrate/fitted`): a page
 * that knows the two boards of the paper alone has none of their weight.
 */
export function useFittedTimes(times: FittedTimes): void {
  inUse = times;
}

export const fittedTimes = (): FittedTimes | undefined => inUse;

/** What all that is other than on the board of the fit makes of a simulated time. */
export function changeFactor(fitted: FittedTime, simulatedMs: number): number {
  return Number.isNaN(fitted.simulatedMs) ? 1 : simulatedMs / fitted.simulatedMs;
}

/** A simulated time as the fitted one, in whole picoseconds: what is other than on the board of the fit changes both alike. */
export function fittedMsOf(fitted: FittedTime, simulatedMs: number): number {
  return msFromPs(psFromMs(fitted.latencyMs * changeFactor(fitted, simulatedMs)));
}
