import type { Board } from '../boards/board/board.ts';
import { withSettings } from '../boards/settings/all-settings.ts';
import { anyBoardById } from '../calibrate/fitted/known-boards.ts';
import { planTimeline } from '../deploy/memory-timeline.ts';
import type { MemoryTimeline } from '../deploy/program.ts';
import { InferscopeError, SpecError } from '../errors.ts';
import { modelFromSpec } from '../files/spec-graphs.ts';
import type { Model } from '../models/formats/model.ts';
import { explainPrediction, type Explanation } from '../report/explanation/explain.ts';
import { predict, type PredictOptions } from '../simulate/predict.ts';
import type { Prediction } from '../simulate/prediction.ts';
import { traceInference } from '../simulate/trace-inference.ts';
import { msFromPs } from '../units.ts';
import type { Experiment } from './experiment-state.ts';
import { headlineOf } from './headline.ts';

/** A span of a unit or of a part of one, in ms from the call. */
export interface LaneSpan {
  readonly name: string;
  readonly startMs: number;
  readonly durationMs: number;
}

/** What a unit did when. */
export interface Lane {
  readonly unit: string;
  readonly kind: 'core' | 'kpu' | 'dma' | 'programs' | 'pin';
  readonly spans: readonly LaneSpan[];
}

/** What one board says to an experiment: all of a prediction, or why there is none. */
export interface BoardAnswer {
  readonly board: string;
  readonly name: string;
  readonly summary: string;
  /** Clocks of the board's units in Hz, by id. */
  readonly clocksHz: Readonly<Record<string, number>>;
  readonly prediction?: Prediction;
  readonly explanation?: Explanation;
  readonly lanes: readonly Lane[];
  readonly memory?: MemoryTimeline;
  /** One sentence: what the accelerator did, and what took longest, why. */
  readonly headline: string;
  /** Why the board gives no time. */
  readonly refusal?: string;
}

/** What the boards of an experiment say, in their order. */
export interface Answer {
  readonly experiment: Experiment;
  readonly boards: readonly BoardAnswer[];
}

/** What an experiment may be given beside its plain data. */
export interface Given {
  /** The model of a file. */
  readonly model?: Model;
  /** Boards of files, which come before those of the same id that ship. */
  readonly boards?: readonly Board[];
}

/** The model that an experiment asks about. Throws a SpecError where it is a file that was not given. */
export function modelOf({ model }: Experiment, given: Given = {}): Model {
  const built = given.model ?? modelFromSpec(model);
  if (built) return built;
  throw new SpecError(`"${model}" is a file of another computer; drop it here to see its times`);
}

/** A board of an experiment with the choices that it has. Throws a SpecError for an unknown id. */
export function boardOf(id: string, { set }: Experiment, given: Given = {}): Board {
  const board = given.boards?.find((candidate) => candidate.id === id) ?? anyBoardById(id);
  return withSettings(board, set);
}

/** Options of `predict` as the experiment has them. */
export function optionsOf({ floatFc }: Experiment): PredictOptions {
  return { floatFc };
}

function laneKind(track: string, board: Board): Lane['kind'] {
  const unit = board.units.find(({ id }) => track === id || track.startsWith(`${id} `));
  return unit?.kind ?? 'pin';
}

/** Spans of the trace by track, in the order of the board's units; they end when the prediction does. */
function lanesOf(
  model: Model,
  board: Board,
  options: PredictOptions,
  { latencyMs }: Pick<Prediction, 'latencyMs'>,
): Lane[] {
  const lanes = new Map<string, LaneSpan[]>();
  const records = traceInference(model, board, options);
  const endPs = Math.max(...records.map(({ kind, atPs, value }) => (kind === 'span' ? atPs + value : atPs)));
  const scale = latencyMs.value / msFromPs(endPs);
  for (const { kind, track, name, atPs, value } of records) {
    if (kind !== 'span') continue;
    const spans = lanes.get(track) ?? [];
    spans.push({ name, startMs: msFromPs(atPs) * scale, durationMs: msFromPs(value) * scale });
    lanes.set(track, spans);
  }
  const order = ['core', 'kpu', 'programs', 'dma', 'pin'];
  return [...lanes]
    .map(([unit, spans]) => ({
      unit,
      kind: laneKind(unit, board),
      spans: spans.sort((a, b) => a.startMs - b.startMs),
    }))
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}

function timelineOf(model: Model, board: Board, options: PredictOptions): MemoryTimeline | undefined {
  try {
    return planTimeline(model, board, options);
  } catch (error) {
    // A model that is timed as a counterfactual has no plan of the real converter.
    if (error instanceof InferscopeError) return undefined;
    throw error;
  }
}

/** What one board says to an experiment; a refusal is an answer too. Throws a SpecError for an unknown board. */
export function answerBoard(id: string, experiment: Experiment, given: Given = {}): BoardAnswer {
  const board = boardOf(id, experiment, given);
  const { name, summary, clocks } = board;
  const clocksHz = Object.fromEntries(clocks.map((clock) => [clock.id, clock.hz.value]));
  const facts = { board: id, name, summary, clocksHz };
  try {
    const [model, options] = [modelOf(experiment, given), optionsOf(experiment)];
    const prediction = predict(model, board, options);
    const memory = timelineOf(model, board, options);
    return {
      ...facts,
      prediction,
      explanation: explainPrediction(prediction),
      lanes: lanesOf(model, board, options, prediction),
      ...(memory && { memory }),
      headline: headlineOf(prediction, board),
    };
  } catch (error) {
    if (!(error instanceof InferscopeError)) throw error;
    return { ...facts, lanes: [], headline: error.message, refusal: error.message };
  }
}

/** What each board says to an experiment. Throws a SpecError for an unknown board. */
export function answerExperiment(experiment: Experiment, given: Given = {}): Answer {
  return { experiment, boards: experiment.boards.map((id) => answerBoard(id, experiment, given)) };
}
