import { SpecError } from '../../errors.ts';
import type { KmodelRunner } from './run-kmodel.ts';

/**
 * Share of images that a classifier in a kmodel names right, 0 to 1; images as the bytes that the camera gives (planar),
 * the first of equal scores counts. Throws a SpecError for images of another size, or a model that takes no bytes.
 */
export function evaluateKmodel(
  runner: KmodelRunner,
  images: readonly Uint8Array[],
  labels: Uint8Array,
): number {
  if (runner.input.dtype !== 'uint8') throw new SpecError('this kmodel takes float32 values and no images');
  let hits = 0;
  images.forEach((image, index) => {
    const [scores] = runner.run(image);
    hits += Number(indexOfLargest(scores) === labels[index]);
  });
  return hits / images.length;
}

function indexOfLargest(values: Float32Array): number {
  let best = 0;
  for (let index = 1; index < values.length; index++) if (values[index] > values[best]) best = index;
  return best;
}
