import { formatCount, wrapText } from './format.ts';
import { formatMeasureNumber } from './sweep-measures.ts';

interface OvertakeText {
  readonly before: number | string;
  readonly after: number | string;
  readonly from: string;
  readonly to: string;
  readonly latencyMs: Readonly<Record<string, number>>;
  readonly intervalMs?: Readonly<Record<string, { readonly low: number; readonly high: number }>>;
  readonly undecided?: { readonly from: number | string; readonly to: number | string };
  readonly reason?: string;
}

/** Two boards along an axis, as src/sweep/races.ts finds them. */
export interface RaceText {
  readonly fixed: Readonly<Record<string, number | string>>;
  readonly axis: string;
  readonly boards: readonly [string, string];
  readonly leader?: string;
  readonly overtakes: readonly OvertakeText[];
}

const MAX_SENTENCES = 12;

/** Values of the axes that vary among the races: "kernel 3, side 14: ". */
function whereOf({ fixed }: RaceText, names: readonly string[]): string {
  const words = names.map((name) => `${name} ${fixed[name]}`);
  return words.length > 0 ? `${words.join(', ')}: ` : '';
}

function describeOvertake({ axis }: RaceText, overtake: OvertakeText): string {
  const { before, after, from, to, latencyMs, intervalMs, undecided, reason } = overtake;
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

function describeRace(race: RaceText, names: readonly string[]): string[] {
  const where = whereOf(race, names);
  if (race.leader === undefined) return [`${where}never both run, or they are equally fast.`];
  if (race.overtakes.length === 0) return [`${where}${race.leader} is the faster all along ${race.axis}.`];
  return race.overtakes.map((overtake) => `${where}${describeOvertake(race, overtake)}`);
}

/** Who overtakes whom, where and why: a paragraph each, those without an overtake last. */
export function formatRaces(races: readonly RaceText[]): string[] {
  const names = Object.keys(races[0]?.fixed ?? {}).filter(
    (name) => new Set(races.map(({ fixed }) => fixed[name])).size > 1,
  );
  const sorted = [...races].sort(
    (a, b) => Number(a.overtakes.length === 0) - Number(b.overtakes.length === 0),
  );
  const sentences = sorted.flatMap((race) => describeRace(race, names));
  const rest = sentences.length - MAX_SENTENCES;
  return [
    ...sentences.slice(0, MAX_SENTENCES).map((sentence) => wrapText(sentence, '    ', '  ')),
    ...(rest > 0 ? [`  and ${formatCount(rest)} more (--json has them all)`] : []),
  ];
}
