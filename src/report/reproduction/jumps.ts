import type { Prediction } from '../../simulate/prediction.ts';
import { explainDifference } from '../explanation/difference.ts';
import { asClause } from '../explanation/explain.ts';
import { formatNumber } from '../format.ts';

/** A filter that costs more than those before it, because a rule or a memory changes. */
export interface Jump {
  readonly board: string;
  /** Filters of the first network behind the jump. */
  readonly filters: number;
  readonly deltaMs: number;
  readonly sentence: string;
}

const ms = (value: number) => `${formatNumber(value, 3)} ms`;
const longer = (value: number) => `${ms(Math.abs(value))} ${value < 0 ? 'shorter' : 'longer'}`;

/**
 * Where the curve of one board over `first`, `first` + 1, ... filters jumps, and why, as the simulator tells two networks
 * apart. Memories are told where the predictions have the facts of their steps.
 */
export function findJumps(predictions: readonly Prediction[], first = 1): Jump[] {
  return predictions.slice(2).flatMap((to, index) => {
    const [earlier, from] = [predictions[index], predictions[index + 1]];
    const { rules, deltaMs } = explainDifference(from, to);
    if (rules.length === 0) return [];
    const filters = first + index + 2;
    const usualMs = from.latencyMs.value - earlier.latencyMs.value;
    // A rule that two layers share is told once.
    const reasons = [...new Set(rules.map(({ toReason }) => asClause(toReason)))];
    const sentence = `From ${filters - 1} to ${filters} filters a call on ${to.board} becomes ${longer(deltaMs)}, where the filter before cost ${ms(usualMs)}: ${reasons.join('; ')}.`;
    return [{ board: to.board, filters, deltaMs, sentence }];
  });
}
