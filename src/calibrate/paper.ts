import type { Board } from '../boards/board/board.ts';
import { constantAt, withConstants } from '../boards/board/constant-paths.ts';
import { deploy } from '../deploy/index.ts';
import type { Program } from '../deploy/program.ts';
import { paperCnn } from '../models/specs/paper-cnn.ts';
import { readingOffsetMs, simulatedMs } from '../simulate/pulse.ts';
import type { PaperRow, PaperTable } from './measurements/dokic-2021.ts';
import { fitPosterior, type Posterior, type Prior } from './posterior.ts';

/** Standard deviation of rounding to a step: uniform over it. */
const ROUNDING_SIGMA = 1 / Math.sqrt(12);

/**
 * Standard deviation of what the mechanisms leave out, in ms, beside the rounding of the table; an estimate
 * (the line-fill model of docs/hardware/cortex-m7.md#what-the-table-can-tell leaves 3.6 us rms on the finer of the two
 * tables).
 */
const MODEL_SIGMA_MS = 0.0035;

const programs = new Map<string, Program>();

function paperProgram(board: Board, filters: number): Program {
  const key = `${board.id} ${filters} ${JSON.stringify(board.runtime.settings ?? {})}`;
  let program = programs.get(key);
  if (!program) programs.set(key, (program = deploy(paperCnn({ filters }), board)));
  return program;
}

/** The pulse of the paper's network on a board, in ms. */
export function paperPulseMs(board: Board, filters: number): number {
  return simulatedMs(paperProgram(board, filters), board);
}

/** What the paper's bench would have read: the pulse, plus the board's reading offset where it has one. */
export function paperReadingMs(board: Board, filters: number): number {
  return paperPulseMs(board, filters) + readingOffsetMs(board);
}

/** Posterior of the board's calibrated constants from rows of its table; with no rows the priors come back. */
export function fitBoard(board: Board, rows: readonly PaperRow[], table: PaperTable): Posterior {
  const priors = priorsOf(board);
  const sigma = Math.hypot(table.resolutionMs * ROUNDING_SIGMA, MODEL_SIGMA_MS);
  const observations = rows.map(({ filters, measuredMs }) => ({
    value: measuredMs,
    sigma,
    model: (values: readonly number[]) => paperReadingMs(boardWith(board, values), filters),
  }));
  return fitPosterior(priors, observations);
}

function priorsOf({ calibration }: Board): Prior[] {
  const { parameters = [], groups = [] } = calibration ?? {};
  return parameters.map(({ priorMean: mean, priorSigma: sigma, group }) => {
    const found = groups.find(({ name }) => name === group);
    if (!found) return { mean, sigma };
    return { mean, sigma, shared: { group: found.name, sigma: mean * found.relativeSigma } };
  });
}

/** The board with its calibrated constants at these values, in the order of its parameters. */
export function boardWith(board: Board, values: readonly number[]): Board {
  const parameters = board.calibration?.parameters ?? [];
  return withConstants(board, new Map(parameters.map(({ path }, index) => [path, values[index]])));
}

/** Present values of the board's calibrated constants, in the order of its parameters. */
export function calibratedValues(board: Board): number[] {
  return (board.calibration?.parameters ?? []).map(({ path }) => constantAt(board, path).value);
}
