import type { Board } from '../boards/board/board.ts';
import { withConstants } from '../boards/board/constant-paths.ts';
import { deploy } from '../deploy/index.ts';
import { SpecError } from '../errors.ts';
import { factsOf, type ModelFacts } from '../deploy/model-facts.ts';
import { placeLayers } from '../deploy/placed-layers.ts';
import type { DeployOptions } from '../deploy/options.ts';
import type { Program } from '../deploy/program.ts';
import type { Model } from '../models/formats/model.ts';
import { msFromPs } from '../units.ts';
import { domainOf } from './domain.ts';
import { fittedTimes, type FittedOptions } from './fitted-times.ts';
import { setupChanges, withChanges } from './setup.ts';
import { gradientMs, intervalOf, readingGradient, type Doubt } from './uncertainty.ts';
import { unseenCosts, unseenRows } from './unseen-costs.ts';
import { fitMemory } from './memory-fit.ts';
import type { Interval, Prediction, StepCost } from './prediction.ts';
import { readingOffsetMs, simulatedMs } from './pulse.ts';
import { simulate, type SimulateOptions } from './simulate.ts';

/** What a user may choose about a prediction; everything absent is the board's default. */
export interface PredictOptions extends FittedOptions, SimulateOptions {
  /** Told after each simulated inference of the many that an interval takes. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** `withFacts`, for steps that say what they work on and with; a page that does not ask has none of it. */
  readonly describeSteps?: (
    steps: readonly StepCost[],
    program: Program,
    model: Model,
    board: Board,
  ) => readonly StepCost[];
}

/**
 * How long one inference of a network or a kmodel takes on a board, with its doubt, its steps, its placement and its
 * memory: simulated, and on a board without a fit of its own in proportion to what published rows say of it. Throws as
 * `predictSimulated`, and a SpecError for an engine of which nothing is known there.
 */
export function predict(model: Model, asked: Board, options: PredictOptions = {}): Prediction {
  const times = fittedTimes();
  const board = times?.boardOf(asked, options) ?? asked;
  const simulated = predictSimulated(model, board, options);
  if (board.calibration && options.engine === undefined) return simulated;
  if (times === undefined) return saysUnfitted(simulated);
  const question = { model, dtype: simulated.dtype, board, options };
  const fitted = times.timeOf(question, () => simulated.latencyMs.value);
  return fitted ? times.applyTo(simulated, fitted, board, options) : simulated;
}

/** The boards that published rows tell of were made without what reads those rows. */
function saysUnfitted(simulated: Prediction): Prediction {
  const why = 'simulated alone: what published rows say of the board was not loaded';
  const said = (interval: Interval): Interval => ({
    ...interval,
    why: interval.why === undefined ? why : `${interval.why}; ${why}`,
  });
  return { ...simulated, latencyMs: said(simulated.latencyMs), reportedMs: said(simulated.reportedMs) };
}

/**
 * The same by events and the board's own constants alone, whatever was published of it. Throws UnsupportedOpError, MissingCostError, SpecError or (a kmodel that cannot run) FormatError in one line
 * where the board cannot run or price it.
 */
export function predictSimulated(model: Model, board: Board, options: PredictOptions = {}): Prediction {
  const clocked = withClocks(board, options.clockHz);
  const program = deploy(model, clocked, options);
  const outcome = simulate(program, clocked, options);
  const pulseMs = msFromPs(outcome.latencyPs);
  const pulseGradient = gradientMs(
    clocked,
    counted(options.onProgress, clocked, (other) => simulatedMs(program, other)),
  );
  const durationsMs = outcome.steps.map(({ durationMs }) => durationMs);
  const doubt = doubtOf({ facts: factsOf(model), program, pulseMs, durationsMs }, clocked, options);
  const readingMs = pulseMs + readingOffsetMs(clocked);
  return {
    model: program.model,
    board: board.id,
    toolchain: program.toolchain,
    dtype: program.dtype,
    latencyMs: intervalOf(pulseMs, clocked, pulseGradient, doubt),
    reportedMs: intervalOf(readingMs, clocked, readingGradient(clocked, pulseGradient), doubt),
    steps: options.describeSteps?.(outcome.steps, program, model, clocked) ?? outcome.steps,
    placement: placeLayers(model, program),
    memory: fitMemory(program.memory, clocked),
    warnings: program.warnings,
    traceHash: outcome.traceHash,
    ...(clocked.runtime.settings && { settings: clocked.runtime.settings }),
    ...(program.toolchainRefuses && { toolchainRefuses: program.toolchainRefuses }),
  };
}

/** Tells how many inferences were simulated: one as the board is, and one for each of its uncertain constants. */
function counted(
  onProgress: PredictOptions['onProgress'],
  { calibration }: Board,
  ofBoard: (board: Board) => number,
): (board: Board) => number {
  if (onProgress === undefined) return ofBoard;
  const total = 1 + (calibration?.parameters.length ?? 0);
  let done = 0;
  return (board) => {
    const ms = ofBoard(board);
    onProgress(++done, total);
    return ms;
  };
}

/** The board at other frequencies, in Hz by clock id. Throws a SpecError for a clock that it does not have. */
export function withClocks(board: Board, clockHz: FittedOptions['clockHz']): Board {
  if (clockHz === undefined) return board;
  const known = board.clocks.map(({ id }) => id);
  const unknown = Object.keys(clockHz).find((id) => !known.includes(id));
  if (unknown !== undefined) {
    throw new SpecError(`board "${board.id}" has no clock "${unknown}"; choose from ${known.join(', ')}`);
  }
  const paths = Object.entries(clockHz).map(([id, hz]) => [`clocks.${id}.hz`, hz] as const);
  const clocked = withConstants(board, new Map(paths));
  return board.calibration ? clocked : { ...clocked, asBuilt: board.asBuilt ?? board };
}

/** A program as it ran on a board: its pulse, and each of its steps. */
export interface ProgramRun {
  readonly facts: ModelFacts;
  readonly program: Program;
  readonly pulseMs: number;
  readonly durationsMs: readonly number[];
}

/** What the interval of a run follows from besides what the board's calibration says. */
export function doubtOf(run: ProgramRun, board: Board, options: DeployOptions): Doubt {
  const { facts, program, pulseMs, durationsMs } = run;
  const changes = setupChanges(board, options);
  const domain = withChanges(domainOf(facts, program.dtype, board), changes);
  const unseen = unseenCosts(unseenRows(program, board), (step) => durationsMs[step], program, pulseMs);
  return { unseen, domain, changes };
}
