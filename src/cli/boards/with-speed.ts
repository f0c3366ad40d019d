import { boardSpeed, type BoardSpeed } from '../../calibrate/board-speed.ts';
import type { Board } from '../../boards/board/board.ts';
import type { Model } from '../../models/formats/model.ts';
import { describeDoubt } from '../../simulate/domain.ts';
import { scaleStep } from '../../simulate/step-facts.ts';
import { withClocks, type PredictOptions } from '../../simulate/predict.ts';
import type { Interval, Prediction } from '../../simulate/prediction.ts';

/** A prediction whose time is what published rows of the board, or of its core, say of it. */
export interface FittedPrediction extends Prediction {
  readonly status?: BoardSpeed['status'];
  readonly engine?: string;
}

const WHY: Readonly<Record<string, string>> = {
  'new-network': 'fitted to other networks on this board',
  'new-board': 'fitted to other boards with this core',
};

/** An estimate is never surer than its board says. */
function intervalOf(speed: BoardSpeed, { doubt }: Board, factor = 1): Interval {
  const { latencyMs, status, engine, version } = speed;
  const least = doubt?.grade === 'estimate' ? doubt.factor : 1;
  const low = Math.min(speed.lowMs, latencyMs / least);
  const high = Math.max(speed.highMs, latencyMs * least);
  const fit = `${status}: ${WHY[status]}, ${engine} ${version}`;
  const why = doubt?.grade === 'estimate' ? `${describeDoubt(doubt)}; ${fit}` : fit;
  return {
    ...{ value: latencyMs * factor, low: low * factor, high: high * factor, confidence: 0.9 },
    ...{ domain: 'extrapolated', why },
  };
}

/**
 * The prediction with the time that the fit to published rows gives, its steps in proportion. A board that was fitted
 * to measurements of its own keeps its time, unless an engine is asked for.
 */
export function withSpeed(
  prediction: Prediction,
  model: Model,
  board: Board,
  options: PredictOptions & { readonly engine?: string | undefined },
): FittedPrediction {
  if ((board.calibration && options.engine === undefined) || !('nodes' in model)) return prediction;
  const kernels = options.kernels ?? board.runtime.kernels[0];
  const dtype = prediction.dtype === 'float32' ? 'float32' : 'int8';
  const question = { kernels, dtype, engine: options.engine };
  const speed = boardSpeed(model, withClocks(board, options.clockHz), question);
  if (speed === undefined) return prediction;
  const scale = speed.latencyMs / prediction.latencyMs.value;
  return {
    ...prediction,
    latencyMs: intervalOf(speed, board),
    reportedMs: intervalOf(speed, board, prediction.reportedMs.value / prediction.latencyMs.value),
    steps: prediction.steps.map((step) => scaleStep(step, scale)),
    ...{ status: speed.status, engine: `${speed.engine}@${speed.version}` },
  };
}
