import { availableParallelism } from 'node:os';
import { SpecError } from '../../errors.ts';
import { formatCount } from '../../report/format.ts';
import { planSweep, type SweepPlan } from '../../sweep/study/run-plan.ts';
import type { DesignSpace } from '../../sweep/study/space.ts';
import type { ExitCode } from '../command.ts';
import { Interruption, untilInterrupted } from '../interrupt.ts';
import type { Io } from '../io.ts';
import { requireNoDash } from '../outputs.ts';
import { requireWritable } from '../replace-file.ts';
import { VERSION } from '../version.ts';
import { answer, requireRoom } from './answering.ts';
import type { SweepArgs } from './args.ts';
import { defaultQuestion, readQuestion, type CrossoverQuestion } from './crossings.ts';
import { executeSweep, type Execution } from './execution.ts';
import { MAX_THREADS } from './sweep-options.ts';
import { readStudy } from './study.ts';
import { parseMetric } from './words.ts';

/** Files that are opened before the work begins. */
async function requireTargets({ csv, parquet, jsonRows, svg, json, out }: SweepArgs): Promise<void> {
  if (out !== undefined) requireNoDash(out);
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
  if (out === '') throw new SpecError('--out needs the name of a folder');
  const workers = workersOf(args);
  await requireTargets(args);
  const plan = planSweep(withoutObjectives(study.space), study.boards, { version: VERSION });
  requireRoom(plan, args, question);
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
