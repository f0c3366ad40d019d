import type { Graph } from '../../models/graph/graph.ts';
import { COVARIANCE_STEP, type SpeedCard } from '../measurements/speed-card.ts';
import { countNetwork } from './count-network.ts';
import { SPREADS } from './effects.ts';

const at = (side: number, a: number, b: number): number => {
  const [row, column] = a < b ? [a, b] : [b, a];
  return row * side - (row * (row - 1)) / 2 + column - row;
};

/** Log cycles of a network by a card, and the standard deviation. */
export function predictByCard(graph: Graph, card: SpeedCard): { mean: number; sigma: number } {
  const { instructions } = countNetwork(graph, card.identity);
  const cycles = instructions.map((count, index) => count * Math.exp(card.means[index]));
  const total = cycles.reduce((sum, value) => sum + value, 0);
  const shares = cycles.map((value) => value / total);
  let variance = SPREADS.row ** 2;
  shares.forEach((a, i) =>
    shares.forEach(
      (b, j) => (variance += a * b * COVARIANCE_STEP * card.covariance[at(shares.length, i, j)]),
    ),
  );
  return { mean: Math.log(total), sigma: Math.sqrt(variance) };
}
