/** Float32 networks as int8 ones and as kmodels. `inferscope/files` reads and writes their files. */
export {
  convertToKmodel,
  type ConvertedModel,
  type ConvertOptions,
} from '../deploy/ncc/convert-to-kmodel.ts';
export { quantizeGraph } from '../files/int8-graph.ts';
export { calibrateWith } from '../kernels/execute/calibration.ts';
export type { Observe } from '../models/quantize/quantize.ts';
export { withDrawnWeights } from '../models/specs/synthetic-weights.ts';
