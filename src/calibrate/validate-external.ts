import { hasEnergy, PowerFit } from './external/energy.ts';
import { HeldOutPredictors, type HeldOut } from './external/held-out.ts';
import { judgedOf, predictRow, type ExternalRow, type PredictedRow } from './external/predict-row.ts';
import { PUBLISHED_ROWS } from './measurements/published-rows.ts';
import { readMeasuredRows, type MeasuredRow } from './population/measured-rows.ts';
import { learnsFrom, Population } from './population/population.ts';
import { replayRows, type ReplayedRow, type SkippedRow } from './population/replayed-rows.ts';
import { scoreOf, type Judged, type Score } from './population/score.ts';
import { STATUSES } from './population/status.ts';

/** Whole networks unless said; energies are of whole networks. */
export type Judging = 'networks' | 'operators' | 'energy';

export interface ExternalOptions {
  /** Columns of data/measured.csv; the table that ships where absent. */
  readonly csv?: string | undefined;
  readonly heldOut?: HeldOut;
  readonly judging?: Judging;
  /** Each row that was learnt from, by fits without its network on its board and without its board. */
  readonly coverage?: boolean;
}

export interface ScoreGroup extends Score {
  readonly by: 'source' | 'board' | 'engine' | 'status';
  readonly name: string;
}

export interface ExternalValidation {
  readonly heldOut: HeldOut;
  readonly judging: Judging;
  readonly rows: readonly ExternalRow[];
  readonly groups: readonly ScoreGroup[];
  readonly total: Score | null;
  /** Networks on CPUs, grade A or B, of known structure; a skipped one counts as 100 % off. */
  readonly judged: Score | null;
  readonly baselines: { readonly cyclesPerMac: Score | null; readonly tableCompletion: Score | null };
  readonly skipped: readonly SkippedRow[];
}

const SKIPPED: Judged = { measured: 1, predicted: 0, low: 0, high: 0 };

function isJudged({ op, accelerator, grade, replay }: MeasuredRow): boolean {
  return op === 'model' && accelerator === '' && grade !== 'C' && (replay === 'full' || replay === '');
}

const GROUPS: readonly (readonly [by: ScoreGroup['by'], name: (row: ExternalRow) => string])[] = [
  ['source', ({ id }) => id.split('-')[0]],
  ['board', ({ board }) => board],
  ['engine', ({ engine }) => engine],
  ['status', ({ status }) => status],
];

function groupsOf(rows: readonly ExternalRow[]): ScoreGroup[] {
  return GROUPS.flatMap(([by, nameOf]) => {
    const names = by === 'status' ? STATUSES : [...new Set(rows.map(nameOf))].sort();
    return names.flatMap((name) => {
      const score = scoreOf(rows.filter((row) => nameOf(row) === name).map(judgedOf));
      return score ? [{ by, name, ...score }] : [];
    });
  });
}

let published: Population | undefined;

/** The population of the rows that ship; fitted once. */
export function publishedPopulation(): Population {
  return (published ??= new Population(
    replayRows(readMeasuredRows(PUBLISHED_ROWS)).replayed.filter(learnsFrom),
  ));
}

/** The rows that are asked for, and the reason of those that are not. */
function wanted(
  rows: readonly MeasuredRow[],
  judging: Judging,
): { chosen: MeasuredRow[]; skipped: SkippedRow[] } {
  const chosen = rows.filter((row) =>
    judging === 'operators'
      ? row.op !== 'model'
      : row.op === 'model' && (judging === 'networks' || !Number.isNaN(row.energyUj)),
  );
  const isChosen = new Set(chosen);
  const reasonOf = ({ op }: MeasuredRow): string => {
    if (judging === 'energy') return 'no energy_uj of a whole network';
    return op === 'model' ? 'a whole network' : 'one operator: see --ops';
  };
  const skipped = rows
    .filter((row) => !isChosen.has(row))
    .map((row) => ({ id: row.id, reason: reasonOf(row) }));
  return { chosen, skipped };
}

function predictAll(
  rows: readonly ReplayedRow[],
  { heldOut = 'nothing', coverage = false }: ExternalOptions,
): PredictedRow[] {
  const made = new HeldOutPredictors(publishedPopulation());
  return rows.flatMap((row) => {
    const asAsked = predictRow(row, heldOut, made);
    if (!coverage || asAsked.row.status !== 'fitted') return [asAsked];
    return [predictRow(row, 'cell', made), predictRow(row, 'board', made)];
  });
}

function inEnergy(rows: readonly ReplayedRow[], predicted: readonly PredictedRow[]): PredictedRow[] {
  const power = new PowerFit(publishedPopulation().rows);
  const byId = new Map(rows.filter(hasEnergy).map((row) => [row.row.id, row]));
  return predicted.map((one) => ({ ...one, row: power.energyOf(byId.get(one.row.id)!, one.row) }));
}

function baselinesOf(all: readonly PredictedRow[]): ExternalValidation['baselines'] {
  return {
    cyclesPerMac: scoreOf(all.map((one) => one.cyclesPerMac)) ?? null,
    tableCompletion: scoreOf(all.map((one) => one.tableCompletion)) ?? null,
  };
}

/**
 * Published times of others' boards against the population's fit, beside two baselines that know no kernels. What is
 * learnt from is always the table that ships, less what is held out.
 */
export function validateExternal(options: ExternalOptions = {}): ExternalValidation {
  const { csv = PUBLISHED_ROWS, heldOut = 'nothing', judging = 'networks' } = options;
  const { chosen, skipped } = wanted(readMeasuredRows(csv), judging);
  const found = replayRows(chosen);
  const timed = predictAll(found.replayed, options);
  const all = judging === 'energy' ? inEnergy(found.replayed, timed) : timed;
  const rows = all.map(({ row }) => row);
  const isLost = new Set(found.skipped.map(({ id }) => id));
  const isCounted = new Set(chosen.filter(isJudged).map(({ id }) => id));
  const judged = [
    ...rows.filter(({ id }) => isCounted.has(id)).map(judgedOf),
    ...[...isCounted].filter((id) => isLost.has(id)).map(() => SKIPPED),
  ];
  return {
    ...{ heldOut, judging, rows, groups: groupsOf(rows) },
    total: scoreOf(rows.map(judgedOf)) ?? null,
    judged: scoreOf(judged) ?? null,
    baselines: baselinesOf(all),
    skipped: [...found.skipped, ...skipped],
  };
}
