import type { Board } from '../../boards/board/board.ts';
import { predict } from '../../simulate/predict.ts';
import type { Prediction } from '../../simulate/prediction.ts';
import { deployOptions } from './designs.ts';
import { modelMaker, type StudyModel } from './design-models.ts';
import type { DesignPoint, DesignSpace } from '../study/space.ts';

/** Predicts points of a study in whole, each with its interval and its steps. */
export class PointPredictor {
  readonly #makeModel: (point: DesignPoint) => StudyModel;

  constructor(space: DesignSpace) {
    this.#makeModel = modelMaker(space);
  }

  /** The prediction of a point on its board at its clocks. Throws what makes a board refuse it. */
  predict(point: DesignPoint, clocked: Board): Prediction {
    return predict(this.#makeModel(point).model, clocked, deployOptions(point));
  }
}
