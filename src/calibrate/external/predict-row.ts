import type { Baseline } from '../population/baselines.ts';
import type { ReplayedRow } from '../population/replayed-rows.ts';
import type { Judged } from '../population/score.ts';
import { halfWidth } from '../population/interval.ts';
import { statusOf, type Status } from '../population/status.ts';
import { simulatedTime } from '../simulated-rows.ts';
import type { HeldOut, HeldOutPredictors } from './held-out.ts';

/** A published time beside its prediction. With energy all four numbers are in microjoule. */
export interface ExternalRow {
  readonly id: string;
  readonly board: string;
  readonly core: string;
  readonly engine: string;
  readonly version: string;
  readonly network: string;
  readonly grade: string;
  readonly measuredMs: number;
  readonly predictedMs: number;
  /** Ends of the 90 % interval. */
  readonly lowMs: number;
  readonly highMs: number;
  readonly status: Status;
}

export interface PredictedRow {
  readonly row: ExternalRow;
  readonly cyclesPerMac: Judged;
  readonly tableCompletion: Judged;
}

/** Half of a 90 % interval of a layer by its formula, as a factor; layers of a few ticks of the clock are off by more. */
const FORMULA_HALF = 1.2;

const msOf = (row: ReplayedRow, logCycles: number): number => Math.exp(logCycles) / (row.row.clockMhz * 1000);

export const judgedOf = ({ measuredMs, predictedMs, lowMs, highMs }: ExternalRow): Judged => ({
  measured: measuredMs,
  predicted: predictedMs,
  low: lowMs,
  high: highMs,
});

function plain(row: ReplayedRow, baseline: Baseline): Judged {
  const predicted = msOf(row, baseline(row));
  return { measured: row.row.latencyMs, predicted, low: predicted, high: predicted };
}

/** An accelerator's few rows make an estimate, however many of them were of its board. */
function statusFor(row: ReplayedRow, seen: readonly ReplayedRow[]): Status {
  const status = statusOf(row, seen);
  return row.row.accelerator === '' || status === 'fitted' ? status : 'estimate';
}

interface Times {
  readonly predictedMs: number;
  readonly lowMs: number;
  readonly highMs: number;
}

function formulaTimes({ row }: ReplayedRow, { layers }: HeldOutPredictors): Times | undefined {
  const ms = row.op === 'model' ? undefined : layers(row.accelerator).msOf(row);
  return ms === undefined
    ? undefined
    : { predictedMs: ms, lowMs: ms / FORMULA_HALF, highMs: ms * FORMULA_HALF };
}

function timesOf(row: ReplayedRow, made: HeldOutPredictors, heldOut: HeldOut, status: Status): Times {
  const { ours } = made.for(row, heldOut);
  const simulated = simulatedTime(row.row, heldOut);
  if (simulated) return { predictedMs: simulated.predicted, lowMs: simulated.low, highMs: simulated.high };
  const formula = formulaTimes(row, made);
  if (formula) return formula;
  const { mean, sigma } = ours(row);
  const half = halfWidth(status, sigma);
  return { predictedMs: msOf(row, mean), lowMs: msOf(row, mean - half), highMs: msOf(row, mean + half) };
}

/** A row's prediction by fits that have not seen what is held out. */
export function predictRow(row: ReplayedRow, heldOut: HeldOut, made: HeldOutPredictors): PredictedRow {
  const predictors = made.for(row, heldOut);
  const { identity, network } = row;
  const status = statusFor(row, predictors.seen);
  return {
    row: {
      ...{ id: row.row.id, board: identity.board, core: identity.core, engine: identity.engine },
      ...{ version: identity.version, network, grade: row.row.grade, measuredMs: row.row.latencyMs },
      ...timesOf(row, made, heldOut, status),
      status,
    },
    cyclesPerMac: plain(row, predictors.cyclesPerMac),
    tableCompletion: plain(row, predictors.tableCompletion),
  };
}
