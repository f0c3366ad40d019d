import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { SpecError } from '../../errors.ts';
import { formatCount } from '../../report/format.ts';
import type { CrossoverMark } from '../../report/crossover-figure.ts';
import { formatCrossovers } from '../../report/sweep-crossover.ts';
import type { SweepTable } from '../../report/sweep-table.ts';
import { formatSweep, type SweepSummary } from '../../report/sweep.ts';
import { findCrossovers } from '../../sweep/find-crossovers.ts';
import { paretoFront } from '../../sweep/pareto.ts';
import { planSweep, type SweepPlan } from '../../sweep/run-plan.ts';
import type { DesignSpace, Objective } from '../../sweep/space.ts';
import type { ExitCode } from '../command.ts';
import { Interruption, letSignalsIn, untilInterrupted } from '../interrupt.ts';
import { writeJson, writeLine, type Io } from '../io.ts';
import { replaceFile, requireWritable } from '../replace-file.ts';
import { summarise } from './answers.ts';
import type { ParsedArgs } from './axes.ts';
import { defaultQuestion, marksOf, readQuestion, type CrossoverQuestion } from './crossings.ts';
import { executeSweep, type Execution } from './execution.ts';
import { exportCsv, exportJsonRows } from './exports.ts';
import { choosePlot, drawSweep, type PlotKind } from './figures.ts';
import { MAX_THREADS } from './options.ts';
import { readStudy, type Study } from './study.ts';
import { joinResults, tableOf } from './table.ts';
import { parseMetric } from './words.ts';
import { VERSION } from '../version.ts';

/** What of the command line is no axis and no part of the study. */
export interface SweepArgs extends ParsedArgs {
  readonly out?: string;
  readonly resume: boolean;
  readonly workers?: number;
  readonly queue?: string;
  readonly pareto: boolean;
  readonly crossover?: string;
  readonly along?: string;
  readonly csv?: string;
  readonly parquet?: string;
  readonly jsonRows?: string;
  readonly svg?: string;
  readonly plot?: PlotKind;
  readonly metric?: string;
  readonly json: boolean;
}

interface Drawing {
  readonly table: SweepTable;
  readonly metric: string;
  readonly objectives: readonly Objective[];
  readonly front: readonly number[];
  readonly marks: readonly CrossoverMark[];
  readonly question: CrossoverQuestion | undefined;
}

/** Crossovers that are told with their doubt and reason. */
const EXPLAINED = 100;

/** Files that are opened before the work begins. */
async function requireTargets({ csv, parquet, jsonRows, svg, json }: SweepArgs): Promise<void> {
  const onOutput = [csv === '-' && '--csv -', jsonRows === '-' && '--json-rows -', json && '--json'].filter(
    Boolean,
  );
  if (onOutput.length > 1) throw new SpecError(`${onOutput.join(' and ')} cannot share the standard output`);
  const known = new Map<string, string>();
  for (const [option, path] of Object.entries({ csv, parquet, 'json-rows': jsonRows, svg })) {
    if (path === undefined || path === '-') continue;
    const twin = known.get(resolve(path));
    if (twin !== undefined) throw new SpecError(`--${twin} and --${option} both name ${path}`);
    known.set(resolve(path), option);
    await requireWritable(path);
  }
}

function workersOf({ workers: asked, queue }: SweepArgs): number {
  const workers = asked ?? availableParallelism();
  if (queue !== undefined && asked !== undefined)
    throw new SpecError('--workers counts threads of this machine; with --queue the workers have their own');
  if (Number.isInteger(workers) && workers > 0 && workers <= MAX_THREADS) return workers;
  throw new SpecError(`--workers must be a whole number from 1 to ${MAX_THREADS}, got ${workers}`);
}

/** What --crossover asks. Throws a SpecError of one line for --along, --plot and --metric without what they belong to. */
function questionOf(args: SweepArgs, space: DesignSpace): CrossoverQuestion | undefined {
  const { crossover, along, plot, svg, metric } = args;
  const lonely = Object.entries({ plot, metric }).find(([, value]) => value !== undefined);
  if (svg === undefined && lonely)
    throw new SpecError(`--${lonely[0]} says how --svg draws; name a file with --svg`);
  if (crossover !== undefined) return readQuestion(space, crossover, along);
  if (along === undefined) return defaultQuestion(space);
  throw new SpecError('--along belongs to --crossover, which names two boards');
}

/**
 * Runs `sweep`: reads the study, runs it, writes files, prints the answers. Throws what the user has to change. Ctrl-C
 * ends it with a line that says what is kept.
 */
export async function runSweepCommand(args: SweepArgs, io: Io): Promise<ExitCode> {
  const study = await readStudy(args);
  const metric = args.metric === undefined ? 'latencyMs' : parseMetric('--metric', args.metric);
  const question = questionOf(args, study.space);
  const { out, resume, queue } = args;
  const workers = workersOf(args);
  await requireTargets(args);
  const plan = planSweep(withoutObjectives(study.space), study.boards, { version: VERSION });
  const options = {
    resume,
    workers,
    ...(out !== undefined && { out }),
    ...(queue !== undefined && { queue }),
  };
  return untilInterrupted(async (signal) => {
    const execution = await executeSweep(plan, options, io, signal);
    if (!execution.isComplete) return stop(plan, execution, args, io);
    try {
      return await answer({ ...study, metric, question, execution, signal }, args, io);
    } catch (error) {
      if (error instanceof Interruption) return stop(plan, execution, args, io);
      throw error;
    }
  });
}

interface Answering extends Study {
  readonly metric: string;
  readonly question: CrossoverQuestion | undefined;
  readonly execution: Execution;
  readonly signal: AbortSignal;
}

/** Writes and prints what the results say. Throws an Interruption at Ctrl-C. */
async function answer(
  { space, boards, metric, question, execution, signal }: Answering,
  args: SweepArgs,
  io: Io,
): Promise<ExitCode> {
  const results = await joinResults(execution.results(), execution.donePoints);
  const front = args.pareto || args.plot === 'pareto' ? paretoFront(results, space.objectives) : [];
  await letSignalsIn(signal);
  const found = question && findCrossovers(space, boards, results, { ...question, explained: EXPLAINED });
  await writeRows(args, execution, io);
  if (args.svg !== undefined) {
    const { objectives } = space;
    const marks = found && metric === 'latencyMs' ? marksOf(found) : [];
    const drawing = { table: tableOf(space, results), metric, objectives, front, marks, question };
    await drawFigure(args.svg, args, drawing, io);
  }
  const stored = isStored(args) ? results.rows : 0;
  const summary = summarise({ space, results, execution, stored, front: args.pareto ? front : undefined });
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
  io.err(`inferscope: every point of the sweep is refused: ${reasons[0]!.reason}${others}\n`);
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

/** Objectives change no result but of a search, so that a store answers other questions too. */
function withoutObjectives(space: DesignSpace): DesignSpace {
  return space.sampling.method === 'search' ? space : { ...space, objectives: [] };
}

/** What was finished before Ctrl-C, and how to go on. */
function stop(plan: SweepPlan, { donePoints, isComplete }: Execution, { out }: SweepArgs, io: Io): ExitCode {
  const done = isComplete
    ? `stopped after the last of ${formatCount(plan.points)} points, before all is written`
    : `stopped after ${formatCount(donePoints)} of ${formatCount(plan.points)} points`;
  const advice =
    out === undefined
      ? 'nothing is kept; with --out DIR the next run could go on'
      : `they are kept in ${out}; run the same command with --resume to go on`;
  io.err(`inferscope: ${done}; ${advice}\n`);
  return 130;
}

const isStored = ({ out, csv, parquet, jsonRows }: SweepArgs): boolean =>
  [out, csv, parquet, jsonRows].some((path) => path !== undefined);
