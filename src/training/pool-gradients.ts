import { forEachTap, type SlidingWindow } from './sliding-window.ts';

/** What a pooling gives, and where its gradient goes. */
export interface Pooled {
  readonly outputs: Float32Array;
  backward(outputGradients: Float32Array): Float32Array;
}

/** The largest of each window; the gradient goes to the first of equal ones, as in TensorFlow. */
export function maxPool(pixels: Float32Array, w: SlidingWindow, images: number): Pooled {
  const { channels } = w;
  const count = images * w.outHeight * w.outWidth * channels;
  const outputs = new Float32Array(count).fill(-Infinity);
  const winners = new Int32Array(count);
  forEachTap(w, images, (outPixel, _tap, inPixel) => {
    for (let c = 0; c < channels; c++) {
      const from = inPixel * channels + c;
      const to = outPixel * channels + c;
      if (!(pixels[from] > outputs[to])) continue;
      outputs[to] = pixels[from];
      winners[to] = from;
    }
  });
  return {
    outputs,
    backward(outputGradients) {
      const gradients = new Float32Array(pixels.length);
      for (let at = 0; at < count; at++) gradients[winners[at]] += outputGradients[at];
      return gradients;
    },
  };
}

/** The mean of what each window covers inside the image, as TFLite's AVERAGE_POOL_2D. */
export function averagePool(pixels: Float32Array, w: SlidingWindow, images: number): Pooled {
  const { channels } = w;
  const outPixels = images * w.outHeight * w.outWidth;
  const covered = new Int32Array(outPixels);
  forEachTap(w, images, (outPixel) => covered[outPixel]++);
  const outputs = new Float32Array(outPixels * channels);
  forEachTap(w, images, (outPixel, _tap, inPixel) => {
    for (let c = 0; c < channels; c++) outputs[outPixel * channels + c] += pixels[inPixel * channels + c];
  });
  for (let at = 0; at < outputs.length; at++) outputs[at] /= covered[Math.floor(at / channels)];
  return {
    outputs,
    backward(outputGradients) {
      const gradients = new Float32Array(pixels.length);
      forEachTap(w, images, (outPixel, _tap, inPixel) => {
        for (let c = 0; c < channels; c++) {
          gradients[inPixel * channels + c] += outputGradients[outPixel * channels + c] / covered[outPixel];
        }
      });
      return gradients;
    },
  };
}
