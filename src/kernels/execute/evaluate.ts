import { SpecError } from '../../errors.ts';
import { firstInput, firstOutput } from '../../models/graph/ends.ts';
import { elementCount, type Graph, type Tensor } from '../../models/graph/graph.ts';
import type { ImageSet } from '../../datasets/mnist.ts';
import { createExecutor } from './executor.ts';
import type { NumericData } from '../definition/kernel.ts';
import { integerRange, scaleOf } from '../numbers/quantization.ts';
import { clamp, roundHalfAway } from '../../numbers.ts';

/** How a classifier did on labelled images. */
export interface Evaluation {
  /** Share of the images that it names right, 0 to 1. */
  readonly accuracy: number;
  /** Images by label (row) and by the class named (column). */
  readonly confusion: readonly (readonly number[])[];
}

/**
 * Runs a classifier of one image and one row of scores, in float32, int8 or uint8, over images; pixels from 0 to 1 are
 * quantized as its input asks. The first of equal scores counts. Throws a SpecError where model and images do not fit.
 */
export function evaluateClassifier(graph: Graph, images: ImageSet): Evaluation {
  const input = firstInput(graph);
  const classes = elementCount(firstOutput(graph).shape);
  checkFit(graph, input, classes, images);
  const [scores] = createExecutor(graph).runBatch([inputValues(input, images.pixels)], images.count);
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  let hits = 0;
  for (let image = 0; image < images.count; image++) {
    let best = 0;
    for (let c = 1; c < classes; c++)
      if (scores[image * classes + c] > scores[image * classes + best]) best = c;
    confusion[images.labels[image]][best]++;
    hits += Number(best === images.labels[image]);
  }
  return { accuracy: hits / images.count, confusion };
}

function checkFit(graph: Graph, input: Tensor, classes: number, { side, labels, count }: ImageSet): void {
  if (graph.inputs.length !== 1 || graph.outputs.length !== 1 || elementCount(input.shape) !== side * side) {
    throw new SpecError(
      `${graph.name}: takes [${input.shape.join(',')}], the images are ${side}x${side} with 1 channel; give images of its size`,
    );
  }
  const largest = labels.reduce((most, label) => Math.max(most, label), 0);
  if (largest < classes && count > 0) return;
  throw new SpecError(`${graph.name}: scores ${classes} classes, but the labels go from 0 to ${largest}`);
}

function inputValues(input: Tensor, pixels: Float32Array): NumericData {
  if (input.dtype === 'float32') return pixels;
  const { low, high } = integerRange(input.dtype);
  const { scale, zeroPoint } = scaleOf(input, 'input');
  const quantize = (pixel: number) => clamp(roundHalfAway(Math.fround(pixel / scale)) + zeroPoint, low, high);
  if (input.dtype === 'int8') return Int8Array.from(pixels, quantize);
  if (input.dtype === 'uint8') return Uint8Array.from(pixels, quantize);
  throw new SpecError(`input "${input.name}" is ${input.dtype}; images go into float32, int8 or uint8`);
}
