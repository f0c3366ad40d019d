/** Questions as plain data, what boards say to them, time against filters: what the Lab shows. */
export {
  answerBoard,
  answerExperiment,
  boardOf,
  modelOf,
  optionsOf,
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
export { EXAMPLE_NETWORKS, type ExampleNetwork } from '../experiments/example-networks.ts';
export { EXAMPLE_TITLES } from '../experiments/example-titles.ts';
export {
  experimentFragment,
  readFragment,
  traceHashesOf,
  type Linked,
} from '../experiments/experiment-link.ts';
export { differenceRows, type Asking, type DifferenceRow } from '../experiments/difference-rows.ts';
export { digitPicture, PAD_SIDE } from '../experiments/digit-picture.ts';
export {
  digitForms,
  runKmodelOnPicture,
  runOnPicture,
  type DigitForms,
  type FormScores,
} from '../experiments/digit-scores.ts';
export { inputSizeOf } from '../experiments/input-size.ts';
export { kmodelTensor, layerOfStep } from '../experiments/kmodel-tensor.ts';
export { elementAt, graphTensor, realValue, type TensorValues } from '../experiments/tensor-values.ts';
export { FIRST_EXPERIMENT, parseExperiment } from '../experiments/parse-experiment.ts';
export { rooflineOf, type MemoryRoof, type Roofline, type RooflinePoint } from '../experiments/roofline.ts';
export { formatShortMs } from '../experiments/short-ms.ts';
export { formatSure, type SureTexts } from '../experiments/sure-digits.ts';
export { formatCount, formatMs, formatNumber, formatPercent, formatSigned } from '../report/format.ts';
export { LESSON_COUNT, lessonOf } from '../experiments/lessons/all-lessons.ts';
export {
  ANSWERS_FORMAT,
  gradeAnswers,
  parseAnswers,
  type Answers,
  type LessonScore,
  type Score,
} from '../experiments/lessons/grade.ts';
export type { Choice, Lesson, LessonControl, Question } from '../experiments/lessons/lesson.ts';
export { bytesFromBase64 } from '../base64.ts';
export { msFromPs, psFromMs } from '../units.ts';
