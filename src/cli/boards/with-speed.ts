import { BOARD_IDS, anyBoardById } from '../../boards/all-boards.ts';
import type { Board } from '../../boards/board/board.ts';
import { boardSpeed, type BoardSpeed } from '../../calibrate/board-speed.ts';
import { deploy } from '../../deploy/index.ts';
import { chosenOptions, kernelsOf } from '../../deploy/options.ts';
import type { Model } from '../../models/formats/model.ts';
import { describeDoubt } from '../../simulate/domain.ts';
import { withClocks, type PredictOptions } from '../../simulate/predict.ts';
import type { Interval, Prediction } from '../../simulate/prediction.ts';
import { simulatedMs } from '../../simulate/pulse.ts';
import { setupChanges, setupOf } from '../../simulate/setup.ts';

/** A prediction whose time is what published rows of the board, or of its core, say of it. */
export interface FittedPrediction extends Prediction {
  readonly status?: BoardSpeed['status'];
  readonly engine?: string;
}

export interface SpeedOptions extends PredictOptions {
  readonly engine?: string | undefined;
  /** The board without the choices of --set; the board itself where absent. */
  readonly asBuilt?: Board | undefined;
}

const WHY: Readonly<Record<string, string>> = {
  'new-network': 'fitted to other networks on this board',
  'new-board': 'fitted to other boards with this core',
};

/** Two-sided 90 % of a normal distribution. */
const NORMAL_90 = 1.6449;
/** Of the logarithm that a change moves a time by, how much it may be off; an estimate, nobody measured both sides of one. */
const CHANGE_SHARE = 0.3;

/** How a board as it is asked for differs from the one that the fit is of. */
interface Change {
  /** Its time over that of the board that was fitted, both simulated. */
  readonly factor: number;
  readonly whys: readonly string[];
  /** Standard deviation of the logarithm of what the changes make. */
  readonly sigma: number;
}

/** The board that the fit is of: the one that ships where the id is its, else the board without any choice. */
const fittedBoard = (asBuilt: Board): Board =>
  BOARD_IDS.includes(asBuilt.id) ? anyBoardById(asBuilt.id) : asBuilt;

/** The library that the fit is of: fits do not know flags. */
function fittedKernels({ runtime }: Board, kernels: string): string {
  const plain = kernels.replace(/-O(s|3|fast)$/, '');
  return runtime.kernels.includes(plain) ? plain : kernels;
}

function changeOf(model: Model, board: Board, fitted: Board, options: SpeedOptions): Change {
  const clocked = withClocks(board, options.clockHz);
  const kernels = kernelsOf(clocked, chosenOptions(clocked, options));
  const base = fittedKernels(fitted, kernels);
  const changes = setupChanges(clocked, options, setupOf(fitted, base));
  const now = simulatedMs(deploy(model, clocked, options), clocked);
  const was = fitted.runtime.kernels.includes(base)
    ? simulatedMs(deploy(model, fitted, { kernels: base }), fitted)
    : now;
  const factor = now / was;
  const sigmas = changes.map(({ sigma }) => sigma);
  return {
    factor,
    whys: changes.map(({ why }) => why),
    sigma: Math.hypot(CHANGE_SHARE * Math.log(factor), ...sigmas),
  };
}

/** An estimate is never surer than its board says. */
function intervalOf(speed: BoardSpeed, { doubt }: Board, change: Change, scale = 1): Interval {
  const { status, engine, version } = speed;
  const least = Math.log(doubt?.grade === 'estimate' ? doubt.factor : 1);
  const value = speed.latencyMs * change.factor * scale;
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

/**
 * The prediction with the time that the fit to published rows gives, its steps in proportion; what is other than on the
 * board of the fit changes that time as it changes the simulated one. A board that was fitted to measurements of its own
 * keeps its time, unless an engine is asked for.
 */
export function withSpeed(
  prediction: Prediction,
  model: Model,
  board: Board,
  options: SpeedOptions,
): FittedPrediction {
  if ((board.calibration && options.engine === undefined) || !('nodes' in model)) return prediction;
  const fitted = fittedBoard(options.asBuilt ?? board);
  const kernels = kernelsOf(board, chosenOptions(board, options));
  const dtype = prediction.dtype === 'float32' ? 'float32' : 'int8';
  const speed = boardSpeed(model, fitted, { kernels, dtype, engine: options.engine });
  if (speed === undefined) return prediction;
  const change = changeOf(model, board, fitted, options);
  const latencyMs = intervalOf(speed, board, change);
  const scale = latencyMs.value / prediction.latencyMs.value;
  return {
    ...prediction,
    latencyMs,
    reportedMs: intervalOf(speed, board, change, prediction.reportedMs.value / prediction.latencyMs.value),
    steps: prediction.steps.map((step) => ({
      ...step,
      ...{ startMs: step.startMs * scale, durationMs: step.durationMs * scale },
    })),
    ...{ status: speed.status, engine: `${speed.engine}@${speed.version}` },
  };
}
