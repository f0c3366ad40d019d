import type { Board } from '../../boards/board/board.ts';
import type { Model } from '../../models/formats/model.ts';
import type { TimedLog } from '../../profiles/read-log.ts';
import type { PredictOptions } from '../../simulate/predict.ts';
import { predictWithFacts } from '../../simulate/predict-with-facts.ts';
import { ResidualCauses, type RowCause } from './residual-causes.ts';
import { matchRows, medianRatio, timeOf } from './match-rows.ts';

/** One line of the log beside what was predicted of the operators that it stands for. */
export interface OverlayRow extends RowCause {
  readonly line: number;
  readonly op: string;
  /** Operators of the model, the fused ones included. */
  readonly nodes: readonly number[];
  readonly names: string;
  readonly measuredMs: number;
  readonly predictedMs: number;
  readonly ratio: number;
}

/** A line of the log that no operator of the model stands for. */
export interface BesideRow {
  readonly line: number;
  readonly op: string;
  readonly measuredMs: number;
}

/** A log beside a prediction. */
export interface Overlay {
  readonly model: string;
  readonly board: string;
  readonly format: string;
  readonly rows: readonly OverlayRow[];
  /** Conversions that the log has besides, without a place in the network. */
  readonly besides: readonly BesideRow[];
  readonly measuredMs: number;
  readonly predictedMs: number;
  /** Median of measured over predicted: what all layers have in common. */
  readonly commonRatio: number;
  readonly commonCause?: string;
  /** Ends of the prediction's 90 % interval over its value. */
  readonly relativeLow: number;
  readonly relativeHigh: number;
}

/**
 * Measured beside predicted, operator by operator, with the likely cause of what is far off: another of the board's kernel
 * libraries or memories, each predicted in full. Throws a FormatError where the log is not of this network.
 */
export function overlayLog(log: TimedLog, model: Model, board: Board, options: PredictOptions): Overlay {
  const prediction = predictWithFacts(model, board, options);
  const { matched, besides } = matchRows(log, prediction);
  const causes = new ResidualCauses(model, board, options);
  const commonRatio = medianRatio(matched);
  const common = causes.ofAll(matched, commonRatio);
  const rows = matched.map(({ row, parts }): OverlayRow => {
    const [predictedMs, nodes] = [timeOf(parts), parts.map(({ node }) => node!)];
    return {
      ...{ line: row.line, op: row.op, nodes, names: parts.map(({ op }) => op).join(' + ') },
      ...{ measuredMs: row.ms, predictedMs, ratio: row.ms / predictedMs, ...causes.ofRow(row, parts) },
    };
  });
  const { value, low, high } = prediction.latencyMs;
  return {
    ...{ model: prediction.model, board: board.id, format: log.format, rows, commonRatio },
    besides: besides.map(({ line, op, ms }) => ({ line, op, measuredMs: ms })),
    measuredMs: [...rows, ...besides.map(({ ms }) => ({ measuredMs: ms }))].reduce(
      (sum, { measuredMs }) => sum + measuredMs,
      0,
    ),
    predictedMs: rows.reduce((sum, { predictedMs }) => sum + predictedMs, 0),
    ...(common !== undefined && { commonCause: common }),
    ...{ relativeLow: low / value, relativeHigh: high / value },
  };
}
