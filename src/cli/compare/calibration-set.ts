import { SpecError } from '../../errors.ts';
import { firstInput } from '../../models/graph/ends.ts';
import { elementCount, type Graph } from '../../models/graph/graph.ts';
import { divideByMaximum, prepareMnist } from '../../datasets/mnist.ts';
import { drawnImages } from '../../models/specs/synthetic-weights.ts';
import type { ComparisonImages, LabelledImages } from './comparison.ts';
import { imageSide, takesDigits } from '../datasets/image-side.ts';
import { firstImages, loadMnistFiles, MNIST, parseMnist } from '../datasets/mnist-files.ts';

/** Images whose ranges the quantizers take. */
const CALIBRATION_IMAGES = 500;

/**
 * MNIST as the authors prepared it, in the size that the model takes: training images for the ranges, test images (of
 * `mnist:100` the first 100) for the accuracy. Throws a SpecError for another data set, for a model that takes no such
 * image, or where MNIST is absent.
 */
export async function loadComparisonImages(graph: Graph, dataset: string = MNIST): Promise<LabelledImages> {
  const digits = parseMnist(dataset, 'test');
  if (!digits) throw new SpecError(`--dataset ${dataset}: unknown data set; choose from mnist, mnist:100`);
  const side = imageSide(graph);
  const [train, test] = await Promise.all([loadMnistFiles('train'), loadMnistFiles('test')]);
  return {
    calibration: prepareMnist(firstImages(train, CALIBRATION_IMAGES), side),
    test: divideByMaximum(
      prepareMnist(digits.count === undefined ? test : firstImages(test, digits.count), side),
    ),
  };
}

/** Images of drawn bytes that ranges come from where no data set fits. */
const DRAWN_IMAGES = 4;

/**
 * The data set that was asked for; where none was, MNIST for a network that takes its digits, drawn bytes for any other. Throws
 * what `loadComparisonImages` throws.
 */
export async function imagesFor(graph: Graph, dataset: string | undefined): Promise<ComparisonImages> {
  if (dataset !== undefined || takesDigits(graph)) return loadComparisonImages(graph, dataset);
  return { drawn: drawnImages(elementCount(firstInput(graph).shape), DRAWN_IMAGES) };
}
