import { forEachTap, type SlidingWindow } from './sliding-window.ts';

/** Multiplier of a depthwise convolution: outputs for each input channel. */
interface Depthwise {
  readonly window: SlidingWindow;
  readonly multiplier: number;
  readonly images: number;
}

/** Outputs [pixels, channels * multiplier] for weights [taps, channels * multiplier] and a bias. */
export function depthwiseForward(
  pixels: Float32Array,
  weights: Float32Array,
  bias: Float32Array,
  { window: w, multiplier, images }: Depthwise,
): Float32Array {
  const depth = w.channels * multiplier;
  const outputs = new Float32Array(images * w.outHeight * w.outWidth * depth);
  for (let at = 0; at < outputs.length; at++) outputs[at] = bias[at % depth];
  forEachTap(w, images, (outPixel, tap, inPixel) => {
    for (let f = 0; f < depth; f++) {
      const c = Math.floor(f / multiplier);
      outputs[outPixel * depth + f] += pixels[inPixel * w.channels + c] * weights[tap * depth + f];
    }
  });
  return outputs;
}

/** Gradients of the loss by pixels and by weights, from its gradient by the outputs. */
export function depthwiseBackward(
  outputGradients: Float32Array,
  pixels: Float32Array,
  weights: Float32Array,
  { window: w, multiplier, images }: Depthwise,
): { pixels: Float32Array; weights: Float32Array } {
  const depth = w.channels * multiplier;
  const byPixel = new Float32Array(pixels.length);
  const byWeight = new Float64Array(weights.length);
  forEachTap(w, images, (outPixel, tap, inPixel) => {
    for (let f = 0; f < depth; f++) {
      const from = inPixel * w.channels + Math.floor(f / multiplier);
      const gradient = outputGradients[outPixel * depth + f];
      byPixel[from] += gradient * weights[tap * depth + f];
      byWeight[tap * depth + f] += gradient * pixels[from];
    }
  });
  return { pixels: byPixel, weights: Float32Array.from(byWeight) };
}
