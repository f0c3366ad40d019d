import type { ExternalValidation, ScoreGroup } from '../calibrate/validate-external.ts';
import type { Score } from '../calibrate/population/score.ts';
import { formatTable } from './table.ts';

const HELD_OUT: Readonly<Record<ExternalValidation['heldOut'], string>> = {
  nothing: 'Published times against predictions',
  network: 'Published times against fits that have not seen the network on any board',
  cell: 'Published times against fits that have not seen the network on the board',
  board: 'Published times against fits that have not seen the board',
};

const COLUMNS = [
  { title: '' },
  ...['rows', 'median %', 'mean %', 'within 10 %', '90 % holds', 'half-width'].map((title) => ({
    title,
    align: 'right' as const,
  })),
];

function scoreCells(name: string, score: Score): string[] {
  return [
    name,
    `${score.rows}`,
    score.medianPercent.toFixed(1),
    score.mapePercent.toFixed(1),
    `${score.within10Percent.toFixed(0)} %`,
    `${score.coveragePercent.toFixed(0)} %`,
    `x/÷ ${score.halfWidth.toFixed(2)}`,
  ];
}

function formatGroups(title: string, groups: readonly ScoreGroup[]): string {
  const columns = [{ title }, ...COLUMNS.slice(1)];
  return formatTable(
    columns,
    groups.map((group) => scoreCells(group.name, group)),
  );
}

function formatSkipped(skipped: ExternalValidation['skipped']): string[] {
  if (skipped.length === 0) return [];
  const reasons = new Map<string, number>();
  for (const { reason } of skipped) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const lines = [...reasons].map(([reason, count]) => `  ${count} x ${reason}`);
  return ['', `${skipped.length} rows without a prediction:`, ...lines];
}

/** Scores by source, board, engine and status, in all, and of the baselines; then what was skipped and why. */
export function formatExternalValidation(document: ExternalValidation): string {
  const { groups, baselines, total, judged } = document;
  const whole: [string, Score | null][] = [
    ['all rows', total],
    ['CPUs, grades A and B', judged],
    ['constant cycles a MAC', baselines.cyclesPerMac],
    ['table completion', baselines.tableCompletion],
  ];
  const by = (['source', 'board', 'engine', 'status'] as const).map((name) => [
    '',
    formatGroups(
      name,
      groups.filter((group) => group.by === name),
    ),
  ]);
  const rows = whole.flatMap(([name, score]) => (score ? [scoreCells(name, score)] : []));
  return [
    HELD_OUT[document.heldOut].replace('times', document.judging === 'energy' ? 'energies' : 'times'),
    '',
    formatTable(COLUMNS, rows),
    ...by.flat(),
    ...formatSkipped(document.skipped),
  ].join('\n');
}
