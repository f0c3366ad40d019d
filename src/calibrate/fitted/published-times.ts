import { BOARD_IDS, anyBoardById } from '../../boards/all-boards.ts';
import { programUnitOf } from '../../boards/accelerators/program-kernels.ts';
import type { Board } from '../../boards/board/board.ts';
import { hasFormulas } from '../../boards/pricing/formula.ts';
import { withoutPrograms } from '../../boards/settings/mvp-settings.ts';
import { deploy } from '../../deploy/index.ts';
import { chosenOptions, kernelsOf, withoutFlag } from '../../deploy/options.ts';
import { isKmodel, type Model } from '../../models/formats/model.ts';
import { describeDoubt } from '../../simulate/domain.ts';
import {
  fittedMsOf,
  useFittedTimes,
  type FittedOptions,
  type FittedQuestion,
  type Ends,
  type FittedTime,
} from '../../simulate/fitted-times.ts';
import { withClocks } from '../../simulate/predict.ts';
import type { Interval, Prediction, StepCost } from '../../simulate/prediction.ts';
import { readingOffsetMs, simulatedMs } from '../../simulate/pulse.ts';
import { setupChanges, setupOf, type SetupChange } from '../../simulate/setup.ts';
import { scaleStep } from '../../simulate/step-facts.ts';
import { msFromPs, psFromMs } from '../../units.ts';
import { oncePer } from '../once-per.ts';
import { boardSpeed } from './board-speed.ts';
import { changeSigma } from './change-doubt.ts';
import { offloadTime } from './offload-times.ts';

const WHY: Readonly<Record<string, string>> = {
  'new-network': 'fitted to other networks on this board',
  'new-board': 'fitted to other boards with this core',
};

/** Two-sided 90 % of a normal distribution. */
const NORMAL_90 = 1.6449;

/** The board that the fit is of: the one that ships where the id is its, else the board without any choice. */
const fittedBoard = oncePer((board: Board): Board => {
  const asBuilt = board.asBuilt ?? board;
  if (!BOARD_IDS.includes(asBuilt.id)) return asBuilt;
  const shipped = anyBoardById(asBuilt.id);
  // Those of a plan or a script are copies.
  return JSON.stringify(asBuilt) === JSON.stringify(shipped) ? asBuilt : shipped;
});

/** The library that the fit is of: fits do not know flags, but for -Os where their rows are a mixture of that and -O2. */
function fittedKernels({ runtime }: Board, kernels: string, isByFlag = false): string {
  const plain = isByFlag && kernels.endsWith('-Os') ? kernels : withoutFlag(kernels);
  return runtime.kernels.includes(plain) ? plain : kernels;
}

/** Not one that was fitted to measurements of its own, or has more than a core, or scripts for costs: no row is of such a thing. */
const isPlain = oncePer(
  (board: Board): boolean =>
    !board.calibration &&
    board.units.every(({ kind }) => kind === 'core' || kind === 'programs') &&
    !hasFormulas(board),
);

/** The board whose core runs all: what rows of its kernels tell of. */
const coreAlone = oncePer((board: Board): Board => (programUnitOf(board) ? withoutPrograms(board) : board));

/** Whether an engine that is asked for is the accelerator itself, or none is. */
const usesPrograms = (board: Board, { engine }: FittedOptions): boolean =>
  engine === undefined || engine.split('@')[0] === programUnitOf(board)?.id;

/** Engines that published rows tell of by name run on the core. */
const engineBoard = (board: Board, options: FittedOptions): Board =>
  usesPrograms(board, options) ? board : coreAlone(board);

/** Whether published rows tell of a board at all, by itself or because an engine is asked for. */
function isTold(board: Board, { engine }: FittedOptions): boolean {
  return engine !== undefined || isPlain(board);
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
  const built = fittedBoard(board);
  const asked = kernelsOf(board, chosenOptions(board, options));
  if (programUnitOf(board) && usesPrograms(board, options)) {
    const kernels = fittedKernels(built, asked);
    const offloaded = offloadTime(model, built, kernels);
    if (offloaded) return { ...offloaded.speed, asBuilt: built, kernels, simulatedMs: offloaded.simulatedMs };
  }
  const asBuilt = coreAlone(built);
  const told = boardSpeed(model, asBuilt, {
    ...{ kernels: asked, engine: options.engine, flag: board.runtime.settings?.flag },
    dtype: dtype === 'float32' ? dtype : 'int8',
  });
  if (told === undefined) return undefined;
  const { isByFlag, ...speed } = told;
  const kernels = fittedKernels(asBuilt, asked, isByFlag);
  const { weightsIn, floatFc, copyOut, clockHz } = options;
  const isChosen = [weightsIn, copyOut, clockHz].some((choice) => choice !== undefined) || floatFc === true;
  const isAsBuilt = asBuilt === board && kernels === asked && !isChosen;
  return {
    ...{ ...speed, asBuilt, kernels },
    simulatedMs: isAsBuilt ? asIsMs() : simulatedAsBuilt(model, asBuilt, kernels),
  };
}

/** How the board as it is asked for differs from the one that the fit is of, and the doubt that this brings. */
function changed(
  found: FittedTime,
  simulated: number,
  board: Board,
  options: FittedOptions,
): { readonly changes: readonly SetupChange[]; readonly sigma: number } {
  const asked = withClocks(board, options.clockHz);
  const changes = setupChanges(asked, options, setupOf(found.asBuilt, found.kernels));
  return { changes, sigma: changeSigma(found, simulated, asked, changes) };
}

/** An estimate is never surer than its board says. */
function endsOf(value: number, speed: FittedTime, { doubt }: Board, sigma: number): Ends {
  const least = Math.log(doubt?.grade === 'estimate' ? doubt.factor : 1);
  const widen = (end: number): number =>
    Math.exp(Math.hypot(Math.max(Math.log(end), least), NORMAL_90 * sigma));
  return {
    low: value / widen(speed.latencyMs / speed.lowMs),
    high: value * widen(speed.highMs / speed.latencyMs),
  };
}

function whyOf(
  { status, engine, version }: FittedTime,
  { doubt }: Board,
  changes: readonly SetupChange[],
): string {
  const fit = `${status}: ${WHY[status]}, ${engine} ${version}`;
  const whys = changes.map(({ why }) => why);
  return [...(doubt?.grade === 'estimate' ? [describeDoubt(doubt)] : []), fit, ...whys].join('; ');
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
  const { changes, sigma } = changed(found, simulated, board, options);
  const why = whyOf(found, board, changes);
  const interval = (value: number): Interval => ({
    ...{ value, ...endsOf(value, found, board, sigma), confidence: 0.9, domain: 'extrapolated', why },
  });
  return {
    ...prediction,
    latencyMs: interval(latencyMs),
    reportedMs: interval(latencyMs + readingOffsetMs(board)),
    steps: scaleSteps(prediction.steps, latencyMs / simulated),
    ...{ status: found.status, engine: `${found.engine}@${found.version}` },
  };
}

/** The ends that `withTime` gives to the time of a prediction, without the prediction. */
function endsOfTime(found: FittedTime, simulated: number, board: Board, options: FittedOptions): Ends {
  const { sigma } = changed(found, simulated, board, options);
  return endsOf(fittedMsOf(found, simulated), found, board, sigma);
}

/** From now on predictions and sweeps tell what published rows say of boards without a fit of their own. */
export function usePublishedTimes(): void {
  useFittedTimes({ boardOf: engineBoard, timeOf: findTime, endsOf: endsOfTime, applyTo: withTime });
}
