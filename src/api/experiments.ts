/** Questions as plain data, what boards say to them, time against filters: what the Lab shows. */
export {
  answerBoard,
  answerExperiment,
  type Answer,
  type BoardAnswer,
  type Given,
  type Lane,
  type LaneSpan,
} from '../experiments/answer.ts';
export {
  listBoard,
  listSettings,
  type BoardListing,
  type SettingListing,
} from '../experiments/board-listing.ts';
export {
  CURVE_FILTERS,
  curvesOf,
  KERNEL_SIDES,
  kernelMapOf,
  type Curve,
  type CurvePoint,
  type KernelCell,
} from '../experiments/curve.ts';
export {
  commandOf,
  paperOptionsOf,
  paperSpecOf,
  withPaperOptions,
  type Experiment,
} from '../experiments/experiment-state.ts';
export { FIRST_EXPERIMENT, parseExperiment } from '../experiments/parse-experiment.ts';
export { formatShortMs } from '../experiments/short-ms.ts';
export { formatCount, formatMs, formatNumber, formatPercent, formatSigned } from '../report/format.ts';
