import type { Crossover, Crossovers } from '../../sweep/answers/find-crossovers.ts';
import type { BoardComparison } from '../../sweep/answers/compare-boards.ts';
import { formatCount, wrapText } from '../format.ts';
import { formatMeasureNumber } from './measures.ts';

const MAX_SENTENCES = 12;

/** Values of the axes that vary among the comparisons: "kernel 3, side 14: ". */
function whereOf({ fixed }: BoardComparison, names: readonly string[]): string {
  const words = names.map((name) => `${name} ${fixed[name]}`);
  return words.length > 0 ? `${words.join(', ')}: ` : '';
}

function describeCrossover(crossover: Crossover): string {
  const { axis, before, after, from, to, latencyMs, intervalMs, undecided, reason } = crossover;
  const times = [to, from].map((board) => `${formatMeasureNumber(latencyMs[board])} ms`).join(' against ');
  const ends = (board: string): string => {
    const { low, high } = intervalMs![board];
    return `${formatMeasureNumber(low)} to ${formatMeasureNumber(high)}`;
  };
  return [
    `${to} overtakes ${from} between ${axis} ${before} and ${after}: ${times} at ${after}`,
    ...(intervalMs ? [` (90 %: ${ends(to)} against ${ends(from)})`] : []),
    ...(undecided && undecided.from !== undecided.to
      ? [`; the intervals overlap from ${axis} ${undecided.from} to ${undecided.to}`]
      : []),
    ...(reason === undefined ? [] : [`; ${reason}`]),
    '.',
  ].join('');
}

/** A sample has only some values of the axis for both boards. */
function whereCompared({ axis, compared, ends, values }: BoardComparison): string {
  if (compared === values) return `all along ${axis}`;
  const [first, last] = ends!;
  if (compared === 1) return `at ${axis} ${first}, the only one at which both run here`;
  return `at the ${formatCount(compared)} ${axis} from ${first} to ${last} at which both run here`;
}

function describeComparison(
  comparison: BoardComparison,
  all: readonly Crossover[],
  names: readonly string[],
): string[] {
  const where = whereOf(comparison, names);
  const { leader, crossovers, axis, compared } = comparison;
  if (compared === 0) return [`${where}no ${axis} here at which both boards run.`];
  if (leader === undefined) return [`${where}the boards are equally fast ${whereCompared(comparison)}.`];
  if (crossovers.length === 0) return [`${where}${leader} is the faster ${whereCompared(comparison)}.`];
  return all
    .filter(({ fixed }) => fixed === comparison.fixed)
    .map((crossover) => `${where}${describeCrossover(crossover)}`);
}

/** Which board becomes faster than which, where and why: a paragraph each, those without a crossover last. */
export function formatCrossovers({ comparisons, crossovers }: Crossovers): string[] {
  const names = Object.keys(comparisons[0]?.fixed ?? {}).filter(
    (name) => new Set(comparisons.map(({ fixed }) => fixed[name])).size > 1,
  );
  const withCrossovers = comparisons.filter(({ crossovers }) => crossovers.length > 0);
  const without = comparisons.filter(({ crossovers }) => crossovers.length === 0);
  const shown = [...withCrossovers, ...without].slice(0, MAX_SENTENCES);
  const sentences = shown
    .flatMap((comparison) => describeComparison(comparison, crossovers, names))
    .slice(0, MAX_SENTENCES);
  const rest = crossovers.length + without.length - sentences.length;
  return [
    ...sentences.map((sentence) => wrapText(sentence, '    ', '  ')),
    ...(rest > 0 ? [`  and ${formatCount(rest)} more lines (--json has every crossover)`] : []),
  ];
}
