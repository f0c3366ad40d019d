import { operatorsOf, type Model } from '../models/formats/model.ts';
import type { PredictOptions } from '../simulate/predict.ts';
import type { Io } from './io.ts';

const PAUSE_SECONDS = 2;

/** How far a piece of work is, told on stderr every two seconds of it; work that is done sooner says nothing. */
export function progressLine(io: Io, what: string): (done: number, total: number) => void {
  const start = io.seconds();
  let next = start + PAUSE_SECONDS;
  return (done, total) => {
    const now = io.seconds();
    if (now < next || done === total) return;
    next = now + PAUSE_SECONDS;
    io.err(`inferscope: ${what}: ${done} of ${total} after ${Math.round(now - start)} s\n`);
  };
}

/** Operators that are predicted in a moment, without a look at the clock. */
const FEW_OPERATORS = 5000;

/** The option of `predict` that tells how far it is, for networks that take a while. */
export function predictionProgress(io: Io, models: readonly Model[]): Pick<PredictOptions, 'onProgress'> {
  const operators = models.reduce((sum, model) => sum + operatorsOf(model).length, 0);
  return operators > FEW_OPERATORS ? { onProgress: progressLine(io, 'inferences simulated') } : {};
}
