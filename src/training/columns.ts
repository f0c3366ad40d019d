import { forEachTap, type SlidingWindow } from './sliding-window.ts';

/**
 * The image as the matrix that turns a convolution into one product: a row for each output pixel
 * [images * outHeight * outWidth], in it the taps [kernelHeight * kernelWidth * channels], zeros where padding is.
 */
export function columnsOf(pixels: Float32Array, w: SlidingWindow, images: number): Float32Array {
  const { channels } = w;
  const taps = w.kernel[0] * w.kernel[1];
  const columns = new Float32Array(images * w.outHeight * w.outWidth * taps * channels);
  forEachTap(w, images, (outPixel, tap, inPixel) => {
    const to = (outPixel * taps + tap) * channels;
    const from = inPixel * channels;
    for (let c = 0; c < channels; c++) columns[to + c] = pixels[from + c];
  });
  return columns;
}

/** The transpose of `columnsOf`: adds each tap's value to the pixel that it was read from. */
export function pixelsOf(columns: Float32Array, w: SlidingWindow, images: number): Float32Array {
  const { channels } = w;
  const taps = w.kernel[0] * w.kernel[1];
  const pixels = new Float32Array(images * w.height * w.width * channels);
  forEachTap(w, images, (outPixel, tap, inPixel) => {
    const from = (outPixel * taps + tap) * channels;
    const to = inPixel * channels;
    for (let c = 0; c < channels; c++) pixels[to + c] += columns[from + c];
  });
  return pixels;
}
