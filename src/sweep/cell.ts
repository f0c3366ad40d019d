import type { Board } from '../boards/board.ts';
import { InferscopeError } from '../errors.ts';
import { paperCnn } from '../models/paper-cnn.ts';
import { predict } from '../simulate/predict.ts';
import type { DesignPoint } from './grid.ts';

export interface CellResult extends DesignPoint {
  readonly ok: true;
  readonly latencyMs: number;
  readonly lowMs: number;
  readonly highMs: number;
  readonly reportedMs: number;
  readonly domain: 'inside' | 'extrapolated';
  readonly macs: number;
  readonly flashBytes: number;
  readonly ramBytes: number;
  readonly fits: boolean;
}

/** A point that the board's runtime refuses; a value, because an error loses its class on the way from a worker. */
export interface CellFailure extends DesignPoint {
  readonly ok: false;
  readonly reason: string;
}

export type Cell = CellResult | CellFailure;

function measureCell(point: DesignPoint, board: Board): CellResult {
  const graph = paperCnn({ filters: point.filters, kernel: point.kernel, side: point.side });
  const { latencyMs, reportedMs, memory, steps } = predict(graph, board);
  return {
    ok: true,
    ...point,
    latencyMs: latencyMs.value,
    lowMs: latencyMs.low,
    highMs: latencyMs.high,
    reportedMs: reportedMs.value,
    domain: latencyMs.domain,
    macs: steps.reduce((sum, step) => sum + step.macs, 0),
    flashBytes: memory.flashBytes,
    ramBytes: memory.ramBytes,
    fits: memory.fits,
  };
}

/** The prediction of one design point: a pure function of the point and the board. */
export function runCell(point: DesignPoint, board: Board): Cell {
  try {
    return measureCell(point, board);
  } catch (error) {
    if (!(error instanceof InferscopeError)) throw error;
    return { ok: false, ...point, reason: error.message };
  }
}
