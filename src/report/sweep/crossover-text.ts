import type { Crossover, Crossovers } from '../../sweep/answers/find-crossovers.ts';
import type { BoardRace } from '../../sweep/answers/board-pairs.ts';
import { formatCount, wrapText } from '../format.ts';
import { formatMeasureNumber } from './measures.ts';

const MAX_SENTENCES = 12;

/** Values of the axes that vary among the races: "kernel 3, side 14: ". */
function whereOf({ fixed }: BoardRace, names: readonly string[]): string {
  const words = names.map((name) => `${name} ${fixed[name]}`);
  return words.length > 0 ? `${words.join(', ')}: ` : '';
}

function describeOvertake(overtake: Crossover): string {
  const { axis, before, after, from, to, latencyMs, intervalMs, undecided, reason } = overtake;
  const times = [to, from].map((board) => `${formatMeasureNumber(latencyMs[board]!)} ms`).join(' against ');
  const ends = (board: string): string => {
    const { low, high } = intervalMs![board]!;
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
function whereCompared({ axis, compared, ends, values }: BoardRace): string {
  if (compared === values) return `all along ${axis}`;
  const [first, last] = ends!;
  if (compared === 1) return `at ${axis} ${first}, the only one at which both run here`;
  return `at the ${formatCount(compared)} ${axis} from ${first} to ${last} at which both run here`;
}

function describeRace(race: BoardRace, crossovers: readonly Crossover[], names: readonly string[]): string[] {
  const where = whereOf(race, names);
  const { leader, overtakes, axis, compared } = race;
  if (compared === 0) return [`${where}no ${axis} here at which both boards run.`];
  if (leader === undefined) return [`${where}the boards are equally fast ${whereCompared(race)}.`];
  if (overtakes.length === 0) return [`${where}${leader} is the faster ${whereCompared(race)}.`];
  return crossovers
    .filter(({ fixed }) => fixed === race.fixed)
    .map((overtake) => `${where}${describeOvertake(overtake)}`);
}

/** Who overtakes whom, where and why: a paragraph each, those without an overtake last. */
export function formatCrossovers({ races, crossovers }: Crossovers): string[] {
  const names = Object.keys(races[0]?.fixed ?? {}).filter(
    (name) => new Set(races.map(({ fixed }) => fixed[name])).size > 1,
  );
  const withOvertakes = races.filter(({ overtakes }) => overtakes.length > 0);
  const without = races.filter(({ overtakes }) => overtakes.length === 0);
  const shown = [...withOvertakes, ...without].slice(0, MAX_SENTENCES);
  const sentences = shown.flatMap((race) => describeRace(race, crossovers, names)).slice(0, MAX_SENTENCES);
  const rest = crossovers.length + without.length - sentences.length;
  return [
    ...sentences.map((sentence) => wrapText(sentence, '    ', '  ')),
    ...(rest > 0 ? [`  and ${formatCount(rest)} more lines (--json has every crossover)`] : []),
  ];
}
