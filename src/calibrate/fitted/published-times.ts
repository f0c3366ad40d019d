import { BOARD_IDS, anyBoardById } from '../../boards/all-boards.ts';
import type { Board } from '../../boards/board/board.ts';
import { hasFormulas } from '../../boards/pricing/formula.ts';
import { deploy } from '../../deploy/index.ts';
import { chosenOptions, kernelsOf, withoutFlag } from '../../deploy/options.ts';
import { isKmodel, type Model } from '../../models/formats/model.ts';
import { describeDoubt } from '../../simulate/domain.ts';
import {
  fittedMsOf,
  useFittedTimes,
  type FittedOptions,
  type FittedQuestion,
  type FittedTime,
} from '../../simulate/fitted-times.ts';
import { withClocks } from '../../simulate/predict.ts';
import type { Interval, Prediction, StepCost } from '../../simulate/prediction.ts';
import { readingOffsetMs, simulatedMs } from '../../simulate/pulse.ts';
import { setupChanges, setupOf } from '../../simulate/setup.ts';
import { scaleStep } from '../../simulate/step-facts.ts';
import { msFromPs, psFromMs } from '../../units.ts';
import { boardSpeed, type BoardSpeed } from './board-speed.ts';

const WHY: Readonly<Record<string, string>> = {
  'new-network': 'fitted to other networks on this board',
  'new-board': 'fitted to other boards with this core',
};

/** Two-sided 90 % of a normal distribution. */
const NORMAL_90 = 1.6449;
/** Of the logarithm that a change moves a time by, how much it may be off; an estimate, nobody measured both sides of one. */
const CHANGE_SHARE = 0.3;

/** Whether boards are what ships under their id: those of a plan or a script are copies. */
const areShipped = new WeakMap<Board, boolean>();

function isShipped(board: Board, shipped: Board): boolean {
  if (board === shipped) return true;
  const known = areShipped.get(board) ?? JSON.stringify(board) === JSON.stringify(shipped);
  areShipped.set(board, known);
  return known;
}

/** The board that the fit is of: the one that ships where the id is its, else the board without any choice. */
function fittedBoard(board: Board): Board {
  const asBuilt = board.asBuilt ?? board;
  if (!BOARD_IDS.includes(asBuilt.id)) return asBuilt;
  const shipped = anyBoardById(asBuilt.id);
  return isShipped(asBuilt, shipped) ? asBuilt : shipped;
}

/** The library that the fit is of: fits do not know flags. */
function fittedKernels({ runtime }: Board, kernels: string): string {
  const plain = withoutFlag(kernels);
  return runtime.kernels.includes(plain) ? plain : kernels;
}

/**
 * Whether published rows tell of a board at all: not of one that was fitted to measurements of its own, unless an engine is
 * asked for, and not of one that has more than a core, or scripts for costs: no row is of such a thing.
 */
function isTold(board: Board, { engine }: FittedOptions): boolean {
  if (engine !== undefined) return true;
  return !board.calibration && board.units.every(({ kind }) => kind === 'core') && !hasFormulas(board);
}

function simulatedAsBuilt(model: Model, fitted: Board, kernels: string): number {
  if (!fitted.runtime.kernels.includes(kernels)) return Number.NaN;
  return simulatedMs(deploy(model, fitted, { kernels }), fitted);
}

function findTime(
  { model, dtype, board, options }: FittedQuestion,
  asIsMs: () => number,
): FittedTime | undefined {
  if (!isTold(board, options) || isKmodel(model)) return undefined;
  const asBuilt = fittedBoard(board);
  const asked = kernelsOf(board, chosenOptions(board, options));
  const speed = boardSpeed(model, asBuilt, {
    ...{ kernels: asked, engine: options.engine },
    dtype: dtype === 'float32' ? dtype : 'int8',
  });
  if (speed === undefined) return undefined;
  const kernels = fittedKernels(asBuilt, asked);
  const { weightsIn, floatFc, copyOut, clockHz } = options;
  const isAsBuilt = asBuilt === board && kernels === asked && !(weightsIn ?? floatFc ?? copyOut ?? clockHz);
  return {
    ...{ ...speed, asBuilt, kernels },
    simulatedMs: isAsBuilt ? asIsMs() : simulatedAsBuilt(model, asBuilt, kernels),
  };
}

/** How the board as it is asked for differs from the one that the fit is of. */
interface Change {
  readonly whys: readonly string[];
  /** Standard deviation of the logarithm of what the changes make. */
  readonly sigma: number;
}

function changeOf(
  { asBuilt, kernels }: FittedTime,
  factor: number,
  board: Board,
  options: FittedOptions,
): Change {
  const clocked = withClocks(board, options.clockHz);
  const changes = setupChanges(clocked, options, setupOf(asBuilt, kernels));
  const sigmas = changes.map(({ sigma }) => sigma);
  return {
    whys: changes.map(({ why }) => why),
    sigma: Math.hypot(CHANGE_SHARE * Math.log(factor), ...sigmas),
  };
}

/** An estimate is never surer than its board says. */
function intervalOf(value: number, speed: BoardSpeed, { doubt }: Board, change: Change): Interval {
  const { status, engine, version } = speed;
  const least = Math.log(doubt?.grade === 'estimate' ? doubt.factor : 1);
  const ends = [speed.latencyMs / speed.lowMs, speed.highMs / speed.latencyMs].map((end) =>
    Math.exp(Math.hypot(Math.max(Math.log(end), least), NORMAL_90 * change.sigma)),
  );
  const fit = `${status}: ${WHY[status]}, ${engine} ${version}`;
  const whys = [...(doubt?.grade === 'estimate' ? [describeDoubt(doubt)] : []), fit, ...change.whys];
  return {
    ...{ value, low: value / ends[0], high: value * ends[1], confidence: 0.9 },
    ...{ domain: 'extrapolated', why: whys.join('; ') },
  };
}

/** Steps in proportion, from one whole picosecond to another: those that follow each other leave no gap. */
function scaleSteps(steps: readonly StepCost[], scale: number): StepCost[] {
  const at = (ms: number): number => msFromPs(psFromMs(ms * scale));
  return steps.map((step) => {
    const startMs = at(step.startMs);
    const durationMs = msFromPs(psFromMs(at(step.startMs + step.durationMs) - startMs));
    return { ...scaleStep(step, scale), startMs, durationMs };
  });
}

/**
 * The prediction with the time that the fit to published rows gives, its steps in proportion; what is other than on the
 * board of the fit changes that time as it changes the simulated one.
 */
function withTime(
  prediction: Prediction,
  found: FittedTime,
  board: Board,
  options: FittedOptions,
): Prediction {
  const simulated = prediction.latencyMs.value;
  const latencyMs = fittedMsOf(found, simulated);
  const factor = Number.isNaN(found.simulatedMs) ? 1 : simulated / found.simulatedMs;
  const change = changeOf(found, factor, board, options);
  return {
    ...prediction,
    latencyMs: intervalOf(latencyMs, found, board, change),
    reportedMs: intervalOf(latencyMs + readingOffsetMs(board), found, board, change),
    steps: scaleSteps(prediction.steps, latencyMs / simulated),
    ...{ status: found.status, engine: `${found.engine}@${found.version}` },
  };
}

/** From now on predictions and sweeps tell what published rows say of boards without a fit of their own. */
export function usePublishedTimes(): void {
  useFittedTimes({ timeOf: findTime, applyTo: withTime });
}
