/** What the runner prints. */
import { describeMutant, type Mutant } from './mutant.ts';
import type { Outcome } from './run-tests.ts';
import { roomOf } from './tree.ts';

export interface Tried {
  readonly mutant: Mutant;
  readonly outcome: Outcome;
}

export const BAR = 0.95;

const isSurvivor = ({ outcome }: Tried): boolean => outcome.kind === 'passed' || outcome.kind === 'broken';

export const killedShare = (tried: readonly Tried[]): number =>
  1 - tried.filter(isSurvivor).length / Math.max(1, tried.length);

export function describeOutcome(outcome: Outcome): string {
  if (outcome.kind === 'passed') return 'SURVIVED';
  if (outcome.kind === 'broken') return `NOT JUDGED: ${outcome.file} fails without any mutant`;
  if (outcome.kind === 'timeout') return `killed: ${outcome.file} hangs`;
  return `killed: ${outcome.file} > ${outcome.test}`;
}

function roomRow(name: string, tried: readonly Tried[]): string {
  const count = (kind: Outcome['kind']) => tried.filter(({ outcome }) => outcome.kind === kind).length;
  const cells = [tried.length, count('failed'), count('timeout'), tried.filter(isSurvivor).length];
  return `${name.padEnd(32)}${cells.map((cell) => String(cell).padStart(10)).join('')}`;
}

export function summarize(tried: readonly Tried[]): string {
  const rooms = [...new Set(tried.map(({ mutant }) => roomOf(mutant.file)))].sort();
  const survivors = tried.filter(isSurvivor);
  const share = killedShare(tried);
  const head = ['mutants', 'killed', 'timeout', 'survived'].map((cell) => cell.padStart(10)).join('');
  return [
    `${'room'.padEnd(32)}${head}`,
    ...rooms.map((room) =>
      roomRow(
        room,
        tried.filter(({ mutant }) => roomOf(mutant.file) === room),
      ),
    ),
    roomRow('all', tried),
    '',
    survivors.length === 0 ? 'no survivors' : 'survivors:',
    ...survivors.map(({ mutant }) => `  ${describeMutant(mutant)}`),
    '',
    `${(100 * share).toFixed(1)} % of ${tried.length} killed, ${100 * BAR} % wanted: ${share >= BAR ? 'holds' : 'MISSED'}`,
  ].join('\n');
}
