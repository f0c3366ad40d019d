import { availableParallelism } from 'node:os';
import { SpecError } from '../../errors.ts';
import { formatCount } from '../../report/format.ts';
import type { CrossoverMark } from '../../report/crossover-figure.ts';
import { formatCrossovers } from '../../report/sweep-crossover.ts';
import type { SweepTable } from '../../report/sweep-table.ts';
import { formatSweep } from '../../report/sweep.ts';
import { findCrossovers } from '../../sweep/find-crossovers.ts';
import { paretoFront } from '../../sweep/pareto.ts';
import { planSweep, type SweepPlan } from '../../sweep/run-plan.ts';
import type { DesignSpace, Objective } from '../../sweep/space.ts';
import type { ExitCode } from '../command.ts';
import { writeJson, writeLine, type Io } from '../io.ts';
import { writeText } from '../outputs.ts';
import { requireWritable } from '../replace-file.ts';
import { summarise } from './answers.ts';
import type { ParsedArgs } from './axes.ts';
import { defaultQuestion, marksOf, readQuestion, type CrossoverQuestion } from './crossings.ts';
import { executeSweep, type Execution } from './execution.ts';
import { exportCsv, exportJsonRows } from './exports.ts';
import { choosePlot, drawSweep, type PlotKind } from './figures.ts';
import { readStudy } from './study.ts';
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
const MAX_WORKERS = 256;

/** Files that are opened before the work begins. */
async function requireTargets({ csv, parquet, jsonRows, svg, json }: SweepArgs): Promise<void> {
  const onOutput = [csv === '-' && '--csv -', jsonRows === '-' && '--json-rows -', json && '--json'].filter(
    Boolean,
  );
  if (onOutput.length > 1) throw new SpecError(`${onOutput.join(' and ')} cannot share the standard output`);
  for (const path of [csv, parquet, jsonRows, svg]) {
    if (path !== undefined && path !== '-') await requireWritable(path);
  }
}

function workersOf({ workers: asked, queue }: SweepArgs): number {
  const workers = asked ?? availableParallelism();
  if (queue !== undefined && asked !== undefined)
    throw new SpecError('--workers counts threads of this machine; with --queue the workers have their own');
  if (Number.isInteger(workers) && workers > 0 && workers <= MAX_WORKERS) return workers;
  throw new SpecError(`--workers must be a whole number from 1 to ${MAX_WORKERS}, got ${workers}`);
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

/** Runs `sweep`: reads the study, runs it, writes files, prints the answers. Throws what the user has to change. */
export async function runSweepCommand(args: SweepArgs, io: Io): Promise<ExitCode> {
  const { space, boards } = await readStudy(args);
  const metric = args.metric === undefined ? 'latencyMs' : parseMetric('--metric', args.metric);
  const question = questionOf(args, space);
  const { out, resume, queue } = args;
  const workers = workersOf(args);
  await requireTargets(args);
  const plan = planSweep(withoutObjectives(space), boards, { version: VERSION });
  const options = {
    resume,
    workers,
    ...(out !== undefined && { out }),
    ...(queue !== undefined && { queue }),
  };
  const execution = await executeSweep(plan, options, io);
  if (!execution.isComplete) return stop(plan, execution, args, io);
  const results = await joinResults(execution.results(), plan.points);
  const front = args.pareto || args.plot === 'pareto' ? paretoFront(results, space.objectives) : [];
  const found = question && findCrossovers(space, boards, results, { ...question, explained: EXPLAINED });
  await writeRows(args, execution, io);
  const table = tableOf(space, results);
  const { objectives } = space;
  await drawFigure(
    args,
    { table, metric, objectives, front, marks: found ? marksOf(found) : [], question },
    io,
  );
  if (args.csv === '-' || args.jsonRows === '-') return 0;
  const stored = isStored(args) ? results.rows : 0;
  const summary = summarise({ space, results, execution, stored, front: args.pareto ? front : undefined });
  if (args.json) writeJson(io, { ...summary, ...(found && { crossover: found.crossovers }) });
  else writeLine(io, formatSweep(summary, found && formatCrossovers(found)));
  return 0;
}

async function writeRows({ csv, jsonRows, parquet }: SweepArgs, execution: Execution, io: Io): Promise<void> {
  if (csv !== undefined) await exportCsv(execution.results(), csv, io);
  if (jsonRows !== undefined) await exportJsonRows(execution.results(), jsonRows, io);
  if (parquet !== undefined) await execution.exportParquet(parquet);
  const files = [csv, jsonRows, parquet].filter((path) => path !== undefined && path !== '-');
  for (const path of files) io.err(`wrote ${path}, ${formatCount(execution.donePoints)} rows\n`);
}

async function drawFigure(
  { svg, plot, pareto, crossover }: SweepArgs,
  drawing: Drawing,
  io: Io,
): Promise<void> {
  if (svg === undefined) return;
  const { table, question, ...rest } = drawing;
  const kind = plot ?? choosePlot(table, pareto, crossover !== undefined);
  const along = kind === 'lines' && question && { along: question.axis };
  await writeText(svg, drawSweep(kind, { table, ...rest, ...along }));
  io.err(`wrote ${svg}, ${kind}\n`);
}

/** Objectives change no result but of a search, so that a store answers other questions too. */
function withoutObjectives(space: DesignSpace): DesignSpace {
  return space.sampling.method === 'search' ? space : { ...space, objectives: [] };
}

/** What was finished before Ctrl-C, and how to go on. */
function stop(plan: SweepPlan, { donePoints }: Execution, { out }: SweepArgs, io: Io): ExitCode {
  const done = `stopped after ${formatCount(donePoints)} of ${formatCount(plan.points)} points`;
  const advice =
    out === undefined
      ? 'nothing is kept; with --out DIR the next run could go on'
      : `they are kept in ${out}; run the same command with --resume to go on`;
  io.err(`inferscope: ${done}; ${advice}\n`);
  return 130;
}

const isStored = ({ out, csv, parquet, jsonRows }: SweepArgs): boolean =>
  [out, csv, parquet, jsonRows].some((path) => path !== undefined);
