/** Trains chains of layers, the same bytes from the same seed. In Node `inferscope/node` starts the engine. */
export {
  divideByMaximum,
  prepareMnist,
  sliceImages,
  splitAsPaper,
  type ImageSet,
  type MnistFiles,
  type Split,
} from '../datasets/mnist.ts';
export { evaluateClassifier } from '../kernels/execute/evaluate.ts';
export { startTrainingEngine } from '../training/backend.ts';
export { fillPaperCnn, paperTrainingSpec } from '../training/paper/paper-training.ts';
export {
  train,
  type EpochReport,
  type Trained,
  type TrainOptions,
  type TrainProgress,
} from '../training/train.ts';
