import type { Graph } from '../../models/graph/graph.ts';
import { COVARIANCE_STEP, type SpeedCard } from '../measurements/speed-card.ts';
import { oncePer } from '../once-per.ts';
import { countNetwork } from './count-network.ts';
import { SPREADS } from './effects.ts';

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

/** Log cycles of a network by a card, and the standard deviation. */
export function predictByCard(graph: Graph, card: SpeedCard): { mean: number; sigma: number } {
  const { instructions } = countNetwork(graph, card.identity);
  const { cyclesPerInstruction, covariance } = tableOf(card);
  const side = instructions.length;
  const shares = new Float64Array(side);
  let total = 0;
  for (let of = 0; of < side; of++) total += shares[of] = instructions[of] * cyclesPerInstruction[of];
  for (let of = 0; of < side; of++) shares[of] /= total;
  let variance = SPREADS.row ** 2;
  for (let a = 0; a < side; a++) {
    // Classes that the network has nothing of add nothing.
    if (shares[a] === 0) continue;
    for (let b = 0; b < side; b++)
      variance += shares[a] * shares[b] * COVARIANCE_STEP * covariance[a * side + b];
  }
  return { mean: Math.log(total), sigma: Math.sqrt(variance) };
}
