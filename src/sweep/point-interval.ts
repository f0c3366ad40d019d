import type { Board } from '../boards/board.ts';
import { predict } from '../simulate/predict.ts';
import type { Prediction } from '../simulate/prediction.ts';
import { deployOptions, pointOf } from './designs.ts';
import { modelMaker } from './models.ts';
import type { DesignPoint, DesignSpace } from './space.ts';

/** The whole prediction of one point, with its doubt and its steps, on its board at its clocks. */
export function predictPoint(space: DesignSpace, point: DesignPoint, clocked: Board): Prediction {
  return predict(modelMaker(space)(point).model, clocked, deployOptions(point));
}

/** Ends of the 90 % interval of a point's latency, in ms. */
export function pointInterval(
  space: DesignSpace,
  digits: Int32Array,
  clocked: Board,
): { readonly lowMs: number; readonly highMs: number } {
  const { low, high } = predictPoint(space, pointOf(space, digits), clocked).latencyMs;
  return { lowMs: low, highMs: high };
}
