import { traceKmodel } from '../deploy/ncc/kmodel-network.ts';
import type { MapShape } from '../deploy/ncc/ncc-network.ts';
import { isKmodel, type Model } from '../models/formats/model.ts';
import { firstInput } from '../models/graph/ends.ts';
import { mapsOf } from './tensor-values.ts';

/** Height, width and channels of what a model takes first; of a list, one row. Throws a FormatError for a broken kmodel. */
export function inputSizeOf(model: Model): MapShape {
  if (isKmodel(model)) return traceKmodel(model).layers[0]!.shape;
  return mapsOf(firstInput(model).shape);
}
