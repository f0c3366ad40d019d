import { formatCrossovers } from '../../report/sweep/crossover-text.ts';
import type { CrossoverMark } from '../../report/sweep/crossover-figure.ts';
import { formatCount } from '../../report/format.ts';
import type { SweepTable } from '../../report/sweep/results-table.ts';
import { formatSweep, type SweepRow, type SweepSummary } from '../../report/sweep/summary.ts';
import { SpecError } from '../../errors.ts';
import type { ResultColumns } from '../../sweep/study/batch.ts';
import { findCrossovers } from '../../sweep/answers/find-crossovers.ts';
import { paretoFront } from '../../sweep/answers/pareto.ts';
import type { SweepPlan } from '../../sweep/study/run-plan.ts';
import type { Objective } from '../../sweep/study/space.ts';
import type { ExitCode } from '../command.ts';
import { letSignalsIn } from '../interrupt.ts';
import { writeJson, writeLine, type Io } from '../io.ts';
import { createProgress } from '../progress.ts';
import { replaceFile } from '../replace-file.ts';
import { rowAt, summarise, Tally } from './answers.ts';
import type { SweepArgs } from './args.ts';
import { marksOf, type CrossoverQuestion } from './crossings.ts';
import type { Execution } from './execution.ts';
import { exportCsv, exportJsonRows } from './exports.ts';
import { choosePlot, drawSweep } from './figures.ts';
import type { Study } from './study.ts';
import { joinResults, tableOf } from './columns-table.ts';

/** Crossovers that are told with their interval and reason. */
const EXPLAINED = 100;
/** Of 160 bytes or so each. */
const MAX_JOINED_POINTS = 50_000_000;

interface Drawing {
  readonly table: SweepTable;
  readonly metric: string;
  readonly objectives: readonly Objective[];
  readonly front: readonly number[];
  readonly marks: readonly CrossoverMark[];
  readonly question: CrossoverQuestion | undefined;
}

export interface Answering extends Study {
  readonly metric: string;
  readonly question: CrossoverQuestion | undefined;
  readonly execution: Execution;
  readonly signal: AbortSignal;
}

const needsFront = ({ pareto, plot }: SweepArgs): boolean => pareto || plot === 'pareto';

/** Whether an answer looks at all points at once, which takes memory for all of them. */
function needsAll(args: SweepArgs, question: CrossoverQuestion | undefined): boolean {
  return needsFront(args) || question !== undefined || args.svg !== undefined;
}

/** Throws a SpecError of one line where an answer would not find room. */
export function requireRoom(
  { points }: SweepPlan,
  args: SweepArgs,
  question: CrossoverQuestion | undefined,
): void {
  if (points <= MAX_JOINED_POINTS || !needsAll(args, question)) return;
  throw new SpecError(
    `--pareto, --crossover and --svg look at up to ${formatCount(MAX_JOINED_POINTS)} points at once, this sweep has ` +
      `${formatCount(points)}; keep it with --out and ask it with inferscope query, or draw a --sample`,
  );
}

/** The batches, with a bar that tells how far they are read back. */
async function* shown(
  batches: AsyncIterable<ResultColumns>,
  points: number,
  io: Io,
): AsyncGenerator<ResultColumns> {
  const progress = await createProgress(io);
  let read = 0;
  try {
    for await (const batch of batches) {
      read += batch.rows;
      progress.update(read, points, 'adding up the results');
      yield batch;
    }
  } finally {
    progress.stop();
  }
}

/** For what the batches are read for on their way. */
async function readThrough(batches: AsyncIterable<ResultColumns>): Promise<ResultColumns> {
  for await (const batch of batches) void batch;
  return { rows: 0, columns: [] };
}

/** Writes and prints what the results say. Throws an Interruption at Ctrl-C. */
export async function answer(
  { space, boards, metric, question, execution, signal }: Answering,
  args: SweepArgs,
  io: Io,
): Promise<ExitCode> {
  const tally = new Tally(space, execution.donePoints);
  const isJoined = needsAll(args, question);
  const read = execution.results(isJoined ? {} : { columns: tally.columns });
  const batches = shown(tally.through(read), execution.donePoints, io);
  const results = isJoined ? await joinResults(batches, execution.donePoints) : await readThrough(batches);
  const front = needsFront(args) ? paretoFront(results, space.objectives) : [];
  await letSignalsIn(signal);
  const found = question && findCrossovers(space, boards, results, { ...question, explained: EXPLAINED });
  await writeRows(args, execution, io);
  if (args.svg !== undefined) {
    const { objectives } = space;
    const marks = found && metric === 'latencyMs' ? marksOf(found) : [];
    const drawing = { table: tableOf(space, results), metric, objectives, front, marks, question };
    await drawFigure(args.svg, args, drawing, io);
  }
  const best: SweepRow[] = [];
  for (const { batch, row } of tally.best) best.push(rowAt(await execution.batch(batch), row));
  const pareto = args.pareto ? front.map((row) => rowAt(results, row)) : undefined;
  const summary = summarise({ space, tally, execution, best, isStored: isStored(args), front: pareto });
  if (args.json) writeJson(io, { ...summary, ...(found && { crossover: found.crossovers }) });
  else {
    const text = formatSweep(summary, found && formatCrossovers(found));
    if (args.csv === '-' || args.jsonRows === '-') io.err(`${text}\n`);
    else writeLine(io, text);
  }
  return judge(summary, io);
}

/** A study of which nothing runs is a mistake in it. */
function judge({ points, failed, reasons }: SweepSummary, io: Io): ExitCode {
  if (failed < points) return 0;
  const others = reasons.length > 1 ? `, and ${reasons.length - 1} other reasons` : '';
  io.err(`inferscope: every point of the sweep fails: ${reasons[0].reason}${others}\n`);
  return 2;
}

async function writeRows({ csv, jsonRows, parquet }: SweepArgs, execution: Execution, io: Io): Promise<void> {
  const tell = (path: string) => {
    if (path !== '-') io.err(`wrote ${path}, ${formatCount(execution.donePoints)} rows\n`);
  };
  if (csv !== undefined) await exportCsv(execution.results(), csv, io).then(() => tell(csv));
  if (jsonRows !== undefined)
    await exportJsonRows(execution.results(), jsonRows, io).then(() => tell(jsonRows));
  if (parquet !== undefined) await execution.exportParquet(parquet).then(() => tell(parquet));
}

async function drawFigure(
  path: string,
  { plot, pareto, crossover }: SweepArgs,
  { table, question, ...rest }: Drawing,
  io: Io,
): Promise<void> {
  const kind = plot ?? choosePlot(table, pareto, crossover !== undefined);
  const along = kind === 'lines' && question && { along: question.axis };
  await replaceFile(path, drawSweep(kind, { table, ...rest, ...along }));
  io.err(`wrote ${path}, ${kind}\n`);
}

const isStored = ({ out, csv, parquet, jsonRows }: SweepArgs): boolean =>
  [out, csv, parquet, jsonRows].some((path) => path !== undefined);
