import type { Board } from '../boards/board.ts';
import { deploy } from '../deploy/index.ts';
import type { DeployOptions } from '../deploy/options.ts';
import { memoryFits } from '../simulate/memory-fit.ts';
import { priceProgram, type PricedProgram } from '../simulate/schedule.ts';
import { LeastRecent } from './least-recent.ts';
import { modelMaker, type StudyModel } from './models.ts';
import { orRefusal, type Refusal } from './refusal.ts';
import type { AxisValue, DesignPoint, DesignSpace } from './space.ts';

/** A network deployed on a board and priced in cycles: all of a point that its clocks leave alone. */
export interface Design {
  readonly name: string;
  readonly priced: PricedProgram;
  readonly flashBytes: number;
  readonly ramBytes: number;
  readonly macs: number;
  readonly fits: boolean;
  readonly accuracy: number;
}

const KEPT_DESIGNS = 4;
const KEPT_MODELS = 2;

/** Deployments of a study by the position of their point without its clock, the last used kept. */
export class Designs {
  readonly #space: DesignSpace;
  readonly #boards: readonly Board[];
  readonly #makeModel: (point: DesignPoint) => StudyModel;
  readonly #models = new LeastRecent<number, StudyModel | Refusal>(KEPT_MODELS);
  readonly #designs = new LeastRecent<number, Design | Refusal>(KEPT_DESIGNS);

  /** `boards` in the order of the values of the axis `board`. */
  constructor(space: DesignSpace, boards: readonly Board[]) {
    this.#space = space;
    this.#boards = boards;
    this.#makeModel = modelMaker(space);
  }

  /** `modelKey` and `designKey` name the model and the whole point but for its clock; `digits` are its positions. */
  of(modelKey: number, designKey: number, digits: Int32Array): Design | Refusal {
    return this.#designs.get(designKey, () => this.#make(modelKey, digits));
  }

  #make(modelKey: number, digits: Int32Array): Design | Refusal {
    const point = pointOf(this.#space, digits);
    const made = this.#models.get(modelKey, () => orRefusal(() => this.#makeModel(point)));
    if ('reason' in made) return made;
    const board = this.#boards.find(({ id }) => id === point.board)!;
    return orRefusal(() => designOn(made, board, deployOptions(point)));
  }
}

/** The values at these positions, by axis. */
export function pointOf({ axes }: DesignSpace, digits: Int32Array): DesignPoint {
  const point: Record<string, AxisValue> = {};
  for (let axis = 0; axis < axes.length; axis++) point[axes[axis]!.name] = axes[axis]!.values[digits[axis]!]!;
  return point;
}

/** The options of a point's deployment. */
export function deployOptions({ kernels, weightsIn, floatFc, copyOut }: DesignPoint): DeployOptions {
  return {
    ...(kernels !== undefined && { kernels: String(kernels) }),
    ...(weightsIn !== undefined && { weightsIn: String(weightsIn) }),
    ...(floatFc !== undefined && { floatFc: floatFc === 'yes' }),
    ...(copyOut !== undefined && { copyOut: copyOut as 'cpu' | 'dma' }),
  };
}

function designOn({ model, accuracy }: StudyModel, board: Board, options: DeployOptions): Design {
  const program = deploy(model, board, options);
  const { flashBytes, ramBytes } = program.memory;
  const fits = memoryFits(program.memory, board);
  const macs = program.steps.reduce((sum, { work }) => sum + work.macs, 0);
  return {
    name: program.model,
    priced: priceProgram(program, board),
    flashBytes,
    ramBytes,
    macs,
    fits,
    accuracy,
  };
}
