import type { Board } from '../../boards/board/board.ts';
import type { FittedTime } from '../../simulate/fitted-times.ts';
import { predict } from '../../simulate/predict.ts';
import type { Prediction } from '../../simulate/prediction.ts';
import { deployOptions, pointOf } from './designs.ts';
import { modelMaker, type StudyModel } from './design-models.ts';
import type { DesignPoint, DesignSpace } from '../study/space.ts';

/** Predicts points of a study in whole, each with its interval and its steps. */
export class PointPredictor {
  readonly #space: DesignSpace;
  readonly #makeModel: (point: DesignPoint) => StudyModel;

  constructor(space: DesignSpace) {
    this.#space = space;
    this.#makeModel = modelMaker(space);
  }

  /** The prediction of a point on its board at its clocks; `fittedTime` is what is known of it already. Throws what makes a board refuse it. */
  predict(point: DesignPoint, clocked: Board, fittedTime?: FittedTime): Prediction {
    return predict(this.#makeModel(point).model, clocked, { ...deployOptions(point), fittedTime });
  }

  /** Ends of the 90 % interval of a point's latency, in ms. */
  interval(
    digits: Int32Array,
    clocked: Board,
    fittedTime: FittedTime | undefined,
  ): { readonly lowMs: number; readonly highMs: number } {
    const { low, high } = this.predict(pointOf(this.#space, digits), clocked, fittedTime).latencyMs;
    return { lowMs: low, highMs: high };
  }
}
