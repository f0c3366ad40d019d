/** Two neighbours of a source axis and how far the output lies from the first to the second. */
interface Neighbours {
  readonly lower: Int32Array;
  readonly upper: Int32Array;
  readonly share: Float64Array;
}

function neighbours(from: number, to: number): Neighbours {
  const lower = new Int32Array(to);
  const upper = new Int32Array(to);
  const share = new Float64Array(to);
  for (let index = 0; index < to; index++) {
    const at = (index + 0.5) * (from / to) - 0.5;
    lower[index] = Math.max(Math.floor(at), 0);
    upper[index] = Math.min(Math.ceil(at), from - 1);
    share[index] = at - Math.floor(at);
  }
  return { lower, upper, share };
}

/** One channel of a picture, row by row. */
export interface Channel<Pixels extends ArrayLike<number> = ArrayLike<number>> {
  readonly pixels: Pixels;
  readonly height: number;
  readonly width: number;
}

/**
 * Resizes one channel into another as `tf.image.resize` does by default: bilinear, half-pixel centres, no antialiasing
 * (TensorFlow, core/kernels/image/resize_bilinear_op.cc).
 */
export function resizeBilinear(source: Channel, target: Channel<Float32Array>): void {
  const { pixels, width } = source;
  const rows = neighbours(source.height, target.height);
  const columns = neighbours(width, target.width);
  for (let y = 0; y < target.height; y++) {
    const top = rows.lower[y] * width;
    const bottom = rows.upper[y] * width;
    for (let x = 0; x < target.width; x++) {
      const left = columns.lower[x];
      const right = columns.upper[x];
      const above = pixels[top + left] + (pixels[top + right] - pixels[top + left]) * columns.share[x];
      const below =
        pixels[bottom + left] + (pixels[bottom + right] - pixels[bottom + left]) * columns.share[x];
      target.pixels[y * target.width + x] = above + (below - above) * rows.share[y];
    }
  }
}
