import type { Board } from '../../boards/board/board.ts';
import { deploy, readsAsFloat } from '../../deploy/index.ts';
import type { Program } from '../../deploy/program.ts';
import type { DeployOptions } from '../../deploy/options.ts';
import type { Model } from '../../models/formats/model.ts';
import { fittedTimes, type FittedTime } from '../../simulate/fitted-times.ts';
import type { Machine } from '../../simulate/machine.ts';
import { memoryFits } from '../../simulate/memory-fit.ts';
import { reclockSchedule, unclockedSchedule, type Schedule } from '../../simulate/schedule.ts';
import { msFromPs } from '../../units.ts';
import { LeastRecent } from './least-recent.ts';
import { modelMaker, type StudyModel } from './design-models.ts';
import { orRefusal, type Refusal } from './failure-reason.ts';
import { isReservedAxis, type DesignPoint, type DesignSpace } from '../study/space.ts';
import type { AxisValue } from '../study/axis.ts';

/** A network deployed on a board and priced: all of a point that its clocks leave alone. */
export interface Design {
  readonly name: string;
  readonly model: Model;
  readonly program: Program;
  /** At the frequencies of the point that ran last: `reclockSchedule` sets them. */
  readonly schedule: Schedule;
  /** What published rows say of it, where the board has no fit of its own. */
  readonly fitted: FittedTime | undefined;
  readonly options: DeployOptions;
  readonly flashBytes: number;
  readonly ramBytes: number;
  readonly macs: number;
  readonly fits: boolean;
  readonly accuracy: number;
}

/** Few: a grid comes back to a design at once or never, and what lives long costs the garbage collector most. */
const KEPT_DESIGNS = 4;
const KEPT_MODELS = 2;

/** Deployments of a study by the positions of their points, the last used kept. */
export class Designs {
  readonly #space: DesignSpace;
  readonly #boards: readonly Board[];
  readonly #machineOf: (boardDigit: number) => Machine;
  readonly #makeModel: (point: DesignPoint) => StudyModel;
  readonly #models = new LeastRecent<number, StudyModel | Refusal>(KEPT_MODELS);
  readonly #designs = new LeastRecent<number, Design | Refusal>(KEPT_DESIGNS);
  /** What one step along each axis adds to the keys of a model and of a design. */
  readonly #modelStrides: readonly number[];
  readonly #designStrides: readonly number[];
  readonly #boardAxis: number;
  readonly #dtypeAxis: number;
  readonly #floatDigit: number;
  readonly #readAsFloat: readonly boolean[];
  #lastKey = -1;
  #last: Design | Refusal | undefined;

  /** `boards` in the order of the values of the axis `board`; `machineOf` gives the simulation of one of them. */
  constructor(space: DesignSpace, boards: readonly Board[], machineOf: (boardDigit: number) => Machine) {
    const { axes, model } = space;
    this.#space = space;
    this.#boards = boards;
    this.#machineOf = machineOf;
    this.#makeModel = modelMaker(space);
    this.#designStrides = stridesOf(axes, ({ name }) => name !== 'clock');
    this.#modelStrides = stridesOf(axes, ({ name }) => name === 'dtype' || !isReservedAxis(name));
    this.#boardAxis = axes.findIndex(({ name }) => name === 'board');
    this.#dtypeAxis = model.kind === 'spec' ? axes.findIndex(({ name }) => name === 'dtype') : -1;
    this.#floatDigit = axes[this.#dtypeAxis]?.values.indexOf('float32') ?? -1;
    this.#readAsFloat = boards.map(readsAsFloat);
  }

  /** The design of the point at these positions, whatever its clock. */
  of(digits: Int32Array): Design | Refusal {
    const key = keyOf(digits, this.#designStrides);
    if (key === this.#lastKey) return this.#last!;
    this.#last = this.#designs.get(key, () => this.#make(digits));
    this.#lastKey = key;
    return this.#last;
  }

  #make(digits: Int32Array): Design | Refusal {
    const point = pointOf(this.#space, digits);
    const made = this.#models.get(keyOf(digits, this.#modelStrides), () =>
      orRefusal(() => this.#makeModel(point)),
    );
    if ('reason' in made) return made;
    const counterpart = this.#floatCounterpart(digits);
    if (counterpart && !('reason' in counterpart)) return renamed(counterpart, made);
    const digit = digits[this.#boardAxis];
    const machine = (): Machine => this.#machineOf(digit);
    return orRefusal(() => designOn(made, this.#boards[digit], deployOptions(point), machine));
  }

  /** The design of the float32 network where the toolchain makes the same of both. */
  #floatCounterpart(digits: Int32Array): Design | Refusal | undefined {
    const isTwin = this.#floatDigit >= 0 && digits[this.#dtypeAxis] !== this.#floatDigit;
    if (!isTwin || !this.#readAsFloat[digits[this.#boardAxis]]) return undefined;
    const counterpart = digits.slice();
    counterpart[this.#dtypeAxis] = this.#floatDigit;
    return this.#designs.get(keyOf(counterpart, this.#designStrides), () => this.#make(counterpart));
  }
}

/** Positional weights of the axes that count; 0 for the others. */
function stridesOf(
  axes: DesignSpace['axes'],
  counts: (axis: DesignSpace['axes'][number]) => boolean,
): number[] {
  const strides: number[] = new Array<number>(axes.length).fill(0);
  let stride = 1;
  for (let axis = axes.length - 1; axis >= 0; axis--) {
    if (!counts(axes[axis])) continue;
    strides[axis] = stride;
    stride *= axes[axis].values.length;
  }
  return strides;
}

function keyOf(digits: Int32Array, strides: readonly number[]): number {
  let key = 0;
  for (let axis = 0; axis < strides.length; axis++) key += digits[axis] * strides[axis];
  return key;
}

/** The values at these positions, by axis. */
export function pointOf({ axes }: DesignSpace, digits: Int32Array): DesignPoint {
  const point: Record<string, AxisValue> = {};
  for (let axis = 0; axis < axes.length; axis++) point[axes[axis].name] = axes[axis].values[digits[axis]]!;
  return point;
}

const NO_OPTIONS: DeployOptions = {};

/** The options of a point's deployment. */
export function deployOptions({ kernels, weightsIn, floatFc, copyOut }: DesignPoint): DeployOptions {
  if ((kernels ?? weightsIn ?? floatFc ?? copyOut) === undefined) return NO_OPTIONS;
  return {
    ...(kernels !== undefined && { kernels: String(kernels) }),
    ...(weightsIn !== undefined && { weightsIn: String(weightsIn) }),
    ...(floatFc !== undefined && { floatFc: floatFc === 'yes' }),
    ...(copyOut !== undefined && { copyOut: copyOut as 'cpu' | 'dma' }),
  };
}

function designOn(
  { model, accuracy }: StudyModel,
  board: Board,
  options: DeployOptions,
  machineOf: () => Machine,
): Design {
  const program = deploy(model, board, options);
  const { flashBytes, ramBytes } = program.memory;
  let macs = 0;
  for (const { work } of program.steps) macs += work.macs;
  const schedule = unclockedSchedule(program, board);
  const fits = memoryFits(program.memory, board);
  const asIsMs = (): number => {
    const machine = machineOf();
    machine.setClocks(machine.clocksOf(board));
    reclockSchedule(schedule, program.model, board);
    return msFromPs(machine.run(schedule));
  };
  const fitted = fittedTimes()?.timeOf({ model, dtype: program.dtype, board, options }, asIsMs);
  const name = program.model;
  return { name, model, program, schedule, fitted, options, flashBytes, ramBytes, macs, fits, accuracy };
}

function renamed(counterpart: Design, { model, accuracy }: StudyModel): Design {
  return { ...counterpart, name: model.name, model, accuracy };
}
