import { SpecError } from '../../errors.ts';
import type { Graph } from '../../models/graph/graph.ts';
import { divideByMaximum, prepareMnist } from '../../datasets/mnist.ts';
import type { ComparisonImages } from './comparison.ts';
import { imageSide } from '../datasets/image-side.ts';
import { firstImages, loadMnistFiles, MNIST, parseMnist } from '../datasets/mnist-files.ts';

/** Images whose ranges the quantizers take. */
const CALIBRATION_IMAGES = 500;

/**
 * MNIST as the authors prepared it, in the size that the model takes: training images for the ranges, test images (of
 * `mnist:100` the first 100) for the accuracy. Throws a SpecError for another data set, for a model that takes no such
 * image, or where MNIST is absent.
 */
export async function loadComparisonImages(graph: Graph, dataset: string = MNIST): Promise<ComparisonImages> {
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
