import { SpecError } from '../errors.ts';
import { evaluateClassifier, type Evaluation } from '../kernels/evaluate.ts';
import type { Graph } from '../models/graph.ts';
import type { TieMode } from '../kernels/kpu-conv2d/index.ts';
import { divideByMaximum, prepareMnist, type ImageSet, type MnistFiles } from '../models/mnist.ts';
import { isKmodel, type KmodelModel } from '../models/model.ts';
import { loadMnistFiles } from './mnist-files.ts';

/** Accuracy and confusion matrix of a model on a data set, as `run --dataset` prints them with --json. */
export interface DatasetEvaluation extends Evaluation {
  readonly dataset: 'mnist';
  readonly images: number;
  /** What was done to the images, in one sentence. */
  readonly preparation: string;
}

/** The data set that `run --dataset` knows. */
export const MNIST = 'mnist';
// 10,000 images of 128 x 128 float32 take 655 MB.
const MAX_SIDE = 128;

/**
 * Side of the square grey image that a model takes. Throws a SpecError for a model that takes anything else, or images
 * that are too large to prepare all at once.
 */
export function imageSide({ name, inputs, tensors }: Graph): number {
  const { shape } = tensors[inputs[0]];
  const [batch, height, width, channels = 1] = shape;
  if (inputs.length !== 1 || batch !== 1 || height !== width || channels !== 1 || shape.length < 3) {
    throw new SpecError(
      `${name}: takes ${inputs.length} inputs, the first [${shape.join(', ')}]; MNIST's digits need one of [1, side, side, 1]`,
    );
  }
  return checkSide(name, height);
}

/** The side. Throws a SpecError where so many pixels cannot be prepared. */
export function checkSide(name: string, side: number): number {
  if (side <= MAX_SIDE) return side;
  throw new SpecError(`${name}: takes images of ${side} pixels a side; MNIST is prepared up to ${MAX_SIDE}`);
}

/**
 * Runs a float32, int8 or uint8 classifier, or a kmodel, over MNIST's 10,000 test images, prepared as the authors did
 * theirs. Throws a SpecError for another data set, a model that does not fit, or where MNIST is absent.
 */
export async function evaluateOnDataset(
  model: Graph | KmodelModel,
  dataset: string,
  ties?: TieMode,
): Promise<DatasetEvaluation> {
  if (dataset !== MNIST) {
    throw new SpecError(`--dataset ${dataset}: unknown data set; choose from ${MNIST}`);
  }
  if (isKmodel(model)) {
    const { evaluateKmodel, kmodelSide } = await import('./evaluate-kmodel.ts');
    const ready = (await import('./run-kmodel.ts')).prepareKmodel(model, ties);
    return evaluateWith(kmodelSide(ready, model.name), (images) => evaluateKmodel(ready, images, model.name));
  }
  return evaluateWith(imageSide(model), (images) => evaluateClassifier(model, images));
}

async function evaluateWith(
  side: number,
  evaluate: (images: ImageSet) => Evaluation,
): Promise<DatasetEvaluation> {
  const images = divideByMaximum(prepareMnist(await loadMnistFiles('test'), side));
  const { accuracy, confusion } = evaluate(images);
  const resized = side === 28 ? '' : `, resized from 28x28 to ${side}x${side} (bilinear)`;
  const preparation = `MNIST's test images, divided by 255${resized}`;
  return { dataset: MNIST, images: images.count, accuracy, confusion, preparation };
}

const IDX_COUNT_AT = 4;
const IMAGE_HEADER_BYTES = 16;
const LABEL_HEADER_BYTES = 8;

/** The files cut to their first images. */
export function firstImages({ images, labels }: MnistFiles, count: number): MnistFiles {
  const imageBytes = (images.length - IMAGE_HEADER_BYTES) / (labels.length - LABEL_HEADER_BYTES);
  return {
    images: cutIdx(images, IMAGE_HEADER_BYTES + count * imageBytes, count),
    labels: cutIdx(labels, LABEL_HEADER_BYTES + count, count),
  };
}

function cutIdx(bytes: Uint8Array, length: number, count: number): Uint8Array {
  const cut = bytes.slice(0, length);
  new DataView(cut.buffer).setUint32(IDX_COUNT_AT, count);
  return cut;
}
