import type { Board } from '../../boards/board/board.ts';
import { withConstants } from '../../boards/board/constant-paths.ts';
import type { Observation } from '../posterior.ts';
import { fitPosterior, type Posterior } from '../posterior.ts';
import type { FreeParameter } from './own-parameters.ts';

/** A network's time on the board as constants have it, or that of some of its operators. */
export interface OwnObservation {
  readonly line: number;
  readonly latencyMs: number;
  /** Operators that the time is of; the whole call where absent. */
  readonly ops?: readonly number[];
  readonly msOn: (board: Board) => number;
}

/** A network that might be measured next. */
export interface Candidate {
  readonly name: string;
  readonly msOn: (board: Board) => number;
}

export interface OwnCalibration {
  readonly parameters: readonly {
    readonly path: string;
    readonly before: number;
    readonly after: number;
    readonly low: number;
    readonly high: number;
  }[];
  /** Constants that the rows say nothing of: they stand where they stood. */
  readonly undetermined: readonly string[];
  /** Pairs that the rows cannot tell apart. */
  readonly inseparable: readonly (readonly [string, string])[];
  readonly measureNext: string | null;
  readonly outliers: readonly { readonly line: number; readonly reason: string }[];
  /** Of the logarithms of the constants, in their order. */
  readonly covariance: readonly (readonly number[])[];
  readonly rows: readonly {
    readonly line: number;
    readonly ops?: readonly number[];
    readonly measuredMs: number;
    readonly beforeMs: number;
    readonly afterMs: number;
  }[];
}

/** Relative spread of a row: its timing, and what the model leaves out. */
const ROW_SIGMA = 0.02;
/** The same of one layer, whose error no other evens out: an estimate, as held-out networks are off by 2 to 20 %. */
const LAYER_SIGMA = 0.1;

const sigmaOf = ({ ops }: OwnObservation): number => (ops === undefined ? ROW_SIGMA : LAYER_SIGMA);
/** A row is an outlier from so many of these on, where the others agree. */
const OUTLIER_SIGMAS = 6;
/** At most this share of the rows are outliers. */
const MOST_OUTLIERS = 0.25;
const NORMAL_90 = 1.6449;
/** Of its prior's spread: a constant that keeps as much was not measured. */
const UNDETERMINED = 0.8;
const INSEPARABLE = 0.9;

export function boardAt(board: Board, parameters: readonly FreeParameter[], logs: readonly number[]): Board {
  return withConstants(
    board,
    new Map(parameters.map(({ path, before }, index) => [path, before * Math.exp(logs[index])])),
  );
}

/** Fits the free constants to the rows; the board's values are the prior, in the logarithm of each. */
export function calibrateOwn(
  board: Board,
  parameters: readonly FreeParameter[],
  rows: readonly OwnObservation[],
  candidates: readonly Candidate[],
): OwnCalibration {
  const outliers = new Map<number, string>();
  let posterior = fitTo(board, parameters, rows);
  for (let round = 0; round < Math.floor(rows.length * MOST_OUTLIERS); round++) {
    const worst = worstOf(
      board,
      parameters,
      posterior,
      rows.filter(({ line }) => !outliers.has(line)),
    );
    if (worst === undefined) break;
    outliers.set(worst.line, worst.reason);
    posterior = fitTo(
      board,
      parameters,
      rows.filter(({ line }) => !outliers.has(line)),
    );
  }
  const fitted = boardAt(board, parameters, posterior.means);
  return {
    ...describe(parameters, posterior),
    measureNext: nextOf(board, parameters, posterior, candidates),
    outliers: [...outliers].map(([line, reason]) => ({ line, reason })),
    rows: rows.map(({ line, latencyMs, ops, msOn }) => ({
      ...{ line, ...(ops && { ops }), measuredMs: latencyMs, beforeMs: msOn(board), afterMs: msOn(fitted) },
    })),
  };
}

/** Boards by the logarithms of their constants, each made once: rows of one network share its simulation. */
function boardsAt(board: Board, parameters: readonly FreeParameter[]): (logs: readonly number[]) => Board {
  const made = new Map<string, Board>();
  return (logs) => {
    const key = logs.join(' ');
    const known = made.get(key) ?? boardAt(board, parameters, logs);
    made.set(key, known);
    return known;
  };
}

function fitTo(
  board: Board,
  parameters: readonly FreeParameter[],
  rows: readonly OwnObservation[],
): Posterior {
  const at = boardsAt(board, parameters);
  const observations = rows.map((row): Observation => ({
    value: Math.log(row.latencyMs),
    sigma: sigmaOf(row),
    model: (logs) => Math.log(row.msOn(at(logs))),
  }));
  return fitPosterior(
    parameters.map(({ spread }) => ({ mean: 0, sigma: spread })),
    observations,
  );
}

function worstOf(
  board: Board,
  parameters: readonly FreeParameter[],
  { means }: Posterior,
  rows: readonly OwnObservation[],
): { line: number; reason: string } | undefined {
  const fitted = boardAt(board, parameters, means);
  const offs = rows.map(({ line, latencyMs, msOn }) => ({ line, off: Math.log(latencyMs / msOn(fitted)) }));
  const sizes = offs.map(({ off }) => Math.abs(off)).sort((a, b) => a - b);
  const usual = Math.max(Math.max(...rows.map(sigmaOf)), sizes[sizes.length >> 1]);
  const worst = offs.reduce((a, b) => (Math.abs(b.off) > Math.abs(a.off) ? b : a));
  if (Math.abs(worst.off) < OUTLIER_SIGMAS * usual) return undefined;
  const factor = Math.exp(worst.off).toFixed(2);
  return { line: worst.line, reason: `${factor} times what the other rows lead to; left out of the fit` };
}

function describe(parameters: readonly FreeParameter[], { means, covariance }: Posterior) {
  const sigmas = covariance.map((row, index) => Math.sqrt(Math.max(0, row[index])));
  const isOpen = parameters.map(({ spread }, index) => sigmas[index] > UNDETERMINED * spread);
  const inseparable = parameters.flatMap(({ path }, a) =>
    parameters
      .slice(a + 1)
      .map((other, after): [string, string, number] => [
        path,
        other.path,
        covariance[a][a + 1 + after] / (sigmas[a] * sigmas[a + 1 + after]),
      ])
      .filter(([, , correlation]) => Math.abs(correlation) >= INSEPARABLE)
      .map(([one, other]): [string, string] => [one, other]),
  );
  return {
    parameters: parameters.map(({ path, before }, index) => {
      const at = (log: number): number => before * Math.exp(log);
      const half = NORMAL_90 * sigmas[index];
      return {
        path,
        before,
        after: at(means[index]),
        low: at(means[index] - half),
        high: at(means[index] + half),
      };
    }),
    undetermined: parameters.filter((_, index) => isOpen[index]).map(({ path }) => path),
    inseparable,
    covariance,
  };
}

const STEP = 0.01;

/** The candidate whose time the fit knows least: to measure it says most. */
function nextOf(
  board: Board,
  parameters: readonly FreeParameter[],
  { means, covariance }: Posterior,
  candidates: readonly Candidate[],
): string | null {
  const doubts = candidates.map(({ name, msOn }) => {
    const base = Math.log(msOn(boardAt(board, parameters, means)));
    const gradient = means.map((_, moved) => {
      const logs = means.map((value, index) => (index === moved ? value + STEP : value));
      return (Math.log(msOn(boardAt(board, parameters, logs))) - base) / STEP;
    });
    let variance = 0;
    gradient.forEach((a, i) => gradient.forEach((b, j) => (variance += a * b * covariance[i][j])));
    return { name, variance };
  });
  const best = doubts.sort((a, b) => b.variance - a.variance)[0];
  return best && best.variance > ROW_SIGMA ** 2 ? best.name : null;
}
