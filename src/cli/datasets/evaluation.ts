import { SpecError } from '../../errors.ts';
import { evaluateClassifier, type Evaluation } from '../../kernels/execute/evaluate.ts';
import type { Graph } from '../../models/graph/graph.ts';
import type { TieMode } from '../../kernels/kpu/kpu-conv2d/index.ts';
import { divideByMaximum, prepareMnist, type ImageSet } from '../../datasets/mnist.ts';
import { isKmodel } from '../../models/formats/model.ts';
import type { KmodelModel } from '../../models/formats/kmodel/kmodel-model.ts';
import { imageSide } from './image-side.ts';
import { firstImages, loadMnistFiles, MNIST, parseMnist } from './mnist-files.ts';

/** Accuracy and confusion matrix of a model on a data set, as `run --dataset` prints them with --json. */
export interface DatasetEvaluation extends Evaluation {
  readonly dataset: 'mnist';
  readonly images: number;
  /** What was done to the images, in one sentence. */
  readonly preparation: string;
}

/**
 * Runs a float32, int8 or uint8 classifier, or a kmodel, over MNIST's 10,000 test images, or the first of them with mnist:COUNT, prepared as the authors did
 * theirs. Throws a SpecError for another data set, a model that does not fit, or where MNIST is absent.
 */
export async function evaluateOnDataset(
  model: Graph | KmodelModel,
  dataset: string,
  ties?: TieMode,
): Promise<DatasetEvaluation> {
  const digits = parseMnist(dataset, 'test');
  if (!digits) {
    throw new SpecError(
      `--dataset ${dataset}: unknown data set; choose from ${MNIST}, or ${MNIST}:100 for its first 100`,
    );
  }
  if (isKmodel(model)) {
    const { evaluateKmodel, kmodelSide } = await import('./kmodel-confusion.ts');
    const ready = (await import('../../experiments/ready-kmodel.ts')).prepareKmodel(model, ties);
    return evaluateWith(kmodelSide(ready, model.name), digits.count, (images) =>
      evaluateKmodel(ready, images, model.name),
    );
  }
  return evaluateWith(imageSide(model), digits.count, (images) => evaluateClassifier(model, images));
}

async function evaluateWith(
  side: number,
  count: number | undefined,
  evaluate: (images: ImageSet) => Evaluation,
): Promise<DatasetEvaluation> {
  const files = await loadMnistFiles('test');
  const wanted = count === undefined ? files : firstImages(files, count);
  const images = divideByMaximum(prepareMnist(wanted, side));
  const { accuracy, confusion } = evaluate(images);
  const resized = side === 28 ? '' : `, resized from 28x28 to ${side}x${side} (bilinear)`;
  const which = count === undefined ? "MNIST's test images" : `MNIST's first ${count} test images`;
  const preparation = `${which}, divided by 255${resized}`;
  return { dataset: MNIST, images: images.count, accuracy, confusion, preparation };
}
