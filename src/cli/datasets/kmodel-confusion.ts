import { SpecError } from '../../errors.ts';
import type { Evaluation } from '../../kernels/execute/evaluate.ts';
import type { ImageSet } from '../../datasets/mnist.ts';
import { checkSide } from './image-side.ts';
import { rankScores } from '../class-scores.ts';
import type { ReadyKmodel } from '../../experiments/ready-kmodel.ts';

/** Side of the square grey image that a kmodel takes. Throws a SpecError for one that takes anything else. */
export function kmodelSide({ shape }: ReadyKmodel, name: string): number {
  const { h, w, c } = shape;
  if (h === w && c === 1) return checkSide(name, h);
  throw new SpecError(
    `${name}: takes ${h}x${w} pixels of ${c} channels; MNIST's digits need a square and 1 channel`,
  );
}

/** Runs a kmodel over images as the device does: pixels as bytes, or as they are where its first layer takes floats. */
export function evaluateKmodel({ runner }: ReadyKmodel, images: ImageSet, name: string): Evaluation {
  const { side, count, labels, pixels } = images;
  const area = side * side;
  const confusion: number[][] = [];
  let hits = 0;
  for (let image = 0; image < count; image++) {
    const values = pixels.subarray(image * area, (image + 1) * area);
    const input =
      runner.input.dtype === 'uint8' ? Uint8Array.from(values, (pixel) => Math.round(255 * pixel)) : values;
    const [scores] = runner.run(input);
    if (confusion.length === 0) confusion.push(...emptyRows(scores.length, labels, name));
    const best = rankScores(Array.from(scores), 1)[0].index;
    confusion[labels[image]][best]++;
    hits += Number(best === labels[image]);
  }
  return { accuracy: hits / count, confusion };
}

function emptyRows(classes: number, labels: Uint8Array, name: string): number[][] {
  const largest = labels.reduce((most, label) => Math.max(most, label), 0);
  if (largest < classes) return Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  throw new SpecError(`${name}: scores ${classes} classes, but the labels go from 0 to ${largest}`);
}
