import { cyclesPerMac, tableCompletion, type Baseline } from './population/baselines.ts';
import type { LogPrediction } from './population/population-fit.ts';
import { learnsFrom, Population } from './population/population.ts';
import { replayRows, type ReplayedRow, type SkippedRow } from './population/replayed-rows.ts';
import { readMeasuredRows, type MeasuredRow } from './population/measured-rows.ts';
import { scoreOf, type Judged, type Score } from './population/score.ts';
import { statusOf, STATUSES, type Status } from './population/status.ts';
import { PUBLISHED_ROWS } from './measurements/published-rows.ts';

/** What a prediction must not have seen. */
export type HeldOut = 'nothing' | 'network' | 'board';

export interface ExternalRow {
  readonly id: string;
  readonly board: string;
  readonly core: string;
  readonly engine: string;
  readonly version: string;
  readonly network: string;
  readonly grade: string;
  readonly measuredMs: number;
  readonly predictedMs: number;
  /** Ends of the 90 % interval. */
  readonly lowMs: number;
  readonly highMs: number;
  readonly status: Status;
}

export interface ScoreGroup extends Score {
  readonly by: 'source' | 'board' | 'engine' | 'status';
  readonly name: string;
}

export interface ExternalValidation {
  readonly heldOut: HeldOut;
  readonly rows: readonly ExternalRow[];
  readonly groups: readonly ScoreGroup[];
  readonly total: Score | null;
  /** Whole networks on CPUs, grade A or B, of known structure; a skipped one counts as 100 % off. */
  readonly judged: Score | null;
  readonly baselines: { readonly cyclesPerMac: Score | null; readonly tableCompletion: Score | null };
  readonly skipped: readonly SkippedRow[];
}

/** Standard deviations to each end of a 90 % interval; why: docs/accuracy.md. */
const INTERVAL_SIGMAS = 2.07;

interface Predictors {
  readonly ours: (row: ReplayedRow) => LogPrediction;
  readonly perMac: Baseline;
  readonly completed: Baseline;
  readonly seen: readonly ReplayedRow[];
}

const KEYS: Readonly<Record<Exclude<HeldOut, 'nothing'>, (row: ReplayedRow) => string>> = {
  network: ({ network }) => network,
  board: ({ identity }) => identity.board,
};

/** Predictors for each row, made once for those that are held out together. */
function predictorsFor(population: Population, heldOut: HeldOut): (row: ReplayedRow) => Predictors {
  const made = new Map<string, Predictors>();
  return (row) => {
    const key = heldOut === 'nothing' ? '' : KEYS[heldOut](row);
    let predictors = made.get(key);
    if (!predictors) {
      const isHeld = (other: ReplayedRow): boolean => heldOut !== 'nothing' && KEYS[heldOut](other) === key;
      const seen = population.rows.filter((other) => !isHeld(other));
      const ours = population.without(isHeld);
      predictors = { ours, perMac: cyclesPerMac(seen), completed: tableCompletion(seen), seen };
      made.set(key, predictors);
    }
    return predictors;
  };
}

const msOf = (row: ReplayedRow, logCycles: number): number => Math.exp(logCycles) / (row.row.clockMhz * 1000);

interface RowWithBaselines {
  readonly row: ExternalRow;
  readonly perMac: Judged;
  readonly completed: Judged;
}

function predictRow(row: ReplayedRow, { ours, perMac, completed, seen }: Predictors): RowWithBaselines {
  const { mean, sigma } = ours(row);
  const { identity, network } = row;
  const measuredMs = row.row.latencyMs;
  const plain = (baseline: Baseline): Judged => {
    const predicted = msOf(row, baseline(row));
    return { measured: measuredMs, predicted, low: predicted, high: predicted };
  };
  const external: ExternalRow = {
    ...{ id: row.row.id, board: identity.board, core: identity.core, engine: identity.engine },
    ...{ version: identity.version, network, grade: row.row.grade, measuredMs },
    predictedMs: msOf(row, mean),
    lowMs: msOf(row, mean - INTERVAL_SIGMAS * sigma),
    highMs: msOf(row, mean + INTERVAL_SIGMAS * sigma),
    status: statusOf(row, seen),
  };
  return { row: external, perMac: plain(perMac), completed: plain(completed) };
}

const judgedOf = ({ measuredMs, predictedMs, lowMs, highMs }: ExternalRow): Judged => ({
  measured: measuredMs,
  predicted: predictedMs,
  low: lowMs,
  high: highMs,
});

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

/**
 * Published times of whole networks against the population's fit, beside two baselines that know no kernels. `csv` has
 * the columns of data/measured.csv; what is learnt from is always the table that ships, less what is held out.
 */
export function validateExternal(
  csv: string = PUBLISHED_ROWS,
  heldOut: HeldOut = 'nothing',
): ExternalValidation {
  const measured = readMeasuredRows(csv);
  const { replayed, skipped } = replayRows(measured);
  const predictors = predictorsFor(publishedPopulation(), heldOut);
  const all = replayed.map((row) => predictRow(row, predictors(row)));
  const rows = all.map(({ row }) => row);
  const byId = new Map(rows.map((row) => [row.id, judgedOf(row)]));
  const judged = measured.filter(isJudged).map(({ id }) => byId.get(id) ?? SKIPPED);
  return {
    heldOut,
    rows,
    groups: groupsOf(rows),
    total: scoreOf(rows.map(judgedOf)) ?? null,
    judged: scoreOf(judged) ?? null,
    baselines: {
      cyclesPerMac: scoreOf(all.map(({ perMac }) => perMac)) ?? null,
      tableCompletion: scoreOf(all.map(({ completed }) => completed)) ?? null,
    },
    skipped,
  };
}
