import type { Graph } from '../../models/graph/graph.ts';
import { COVARIANCE_STEP, type SpeedCard } from '../measurements/speed-card.ts';
import { oncePer } from '../once-per.ts';
import { countNetwork } from './count-network.ts';
import { SPREADS } from './effects.ts';
import { mixFlags, tellsFlags } from './flag-parts.ts';
import type { LogPrediction } from './population-fit.ts';

const at = (side: number, a: number, b: number): number => {
  const [row, column] = a < b ? [a, b] : [b, a];
  return row * side - (row * (row - 1)) / 2 + column - row;
};

/** What a card says by class, as sweeps compute with it. */
const tableOf = oncePer(({ means, covariance }: SpeedCard) => {
  const side = means.length;
  return {
    cyclesPerInstruction: Float64Array.from(means, Math.exp),
    /** The whole square, row by row. */
    covariance: Float64Array.from(
      { length: side * side },
      (_, index) => covariance[at(side, Math.floor(index / side), index % side)],
    ),
  };
});

const NONE: readonly number[] = [];

/** A compiler flag that kernels are asked for with. */
export type NamedFlag = 'fast' | 'small';

/** Whether a card has a mixture of two flags for a network, or says the same with each. */
export function tellsByFlag(graph: Graph, { identity, flag }: SpeedCard): boolean {
  return flag !== undefined && (flag.tells || tellsFlags(countNetwork(graph, identity)));
}

/** Log cycles of a network by a card, and the standard deviation; by a mixture of the flags where it is not said which. */
export function predictByCard(graph: Graph, card: SpeedCard, named?: NamedFlag): LogPrediction {
  const { instructions, flagLogs = NONE } = countNetwork(graph, card.identity);
  const { cyclesPerInstruction, covariance } = tableOf(card);
  const { flag } = card;
  const place = flag ? flag.at * SPREADS.flag : 0;
  const side = instructions.length;
  const shares = new Float64Array(side);
  let total = 0;
  for (let of = 0; of < side; of++) {
    const moved = flag && flagLogs[of] ? Math.exp(place * flagLogs[of]) : 1;
    total += shares[of] = instructions[of] * cyclesPerInstruction[of] * moved;
  }
  for (let of = 0; of < side; of++) shares[of] /= total;
  let variance = SPREADS.row ** 2;
  let slope = 0;
  for (let a = 0; a < side; a++) {
    // Classes that the network has nothing of add nothing.
    if (shares[a] === 0) continue;
    if (flag) slope += shares[a] * (flag.slopes[a] + SPREADS.flag * (flagLogs[a] ?? 0));
    for (let b = 0; b < side; b++)
      variance += shares[a] * shares[b] * COVARIANCE_STEP * covariance[a * side + b];
  }
  const mean = Math.log(total);
  if (flag === undefined) return { mean, sigma: Math.sqrt(variance) };
  if (!tellsByFlag(graph, card)) return { mean, sigma: Math.sqrt(variance + slope ** 2 * flag.variance) };
  const small = named === undefined ? flag.small : Number(named === 'small');
  return mixFlags({ mean, at: flag.at, slope, variance, spread: SPREADS.flag }, [1 - small, small]);
}
