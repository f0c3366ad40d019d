import { SpecError } from '../errors.ts';
import type { Prediction } from '../simulate/prediction.ts';

/** What a change is wanted for. */
export type Goal =
  { readonly kind: 'latency'; readonly belowMs: number } | { readonly kind: 'fits' | 'on-kpu' };

/** `latency<5ms`, `fits` or `on-kpu`. Throws a SpecError for anything else. */
export function parseGoal(text: string): Goal {
  if (text === 'fits' || text === 'on-kpu') return { kind: text };
  const [, amount, unit] = /^latency\s*<\s*(\d+(?:\.\d+)?)\s*(us|ms|s)$/.exec(text) ?? [];
  const belowMs = Number(amount) * ({ us: 1e-3, ms: 1, s: 1e3 }[unit] ?? Number.NaN);
  if (belowMs > 0) return { kind: 'latency', belowMs };
  throw new SpecError(`--goal ${JSON.stringify(text)}: write latency<5ms (us, ms or s), fits or on-kpu`);
}

/** Whether a prediction is what was wanted; true without a goal. */
export function meetsGoal(prediction: Prediction, goal: Goal | undefined): boolean {
  if (goal === undefined) return true;
  if (goal.kind === 'latency') return prediction.latencyMs.value < goal.belowMs;
  if (goal.kind === 'fits') return prediction.memory.fits;
  return prediction.steps.every(({ macs, unit }) => macs === 0 || unit !== 'core');
}
