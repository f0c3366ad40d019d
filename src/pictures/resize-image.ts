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

/**
 * Resizes one channel, row by row, into `target` (targetHeight x targetWidth) as `tf.image.resize` does by default:
 * bilinear, half-pixel centres, no antialiasing (TensorFlow, core/kernels/image/resize_bilinear_op.cc).
 */
export function resizeBilinear(
  source: ArrayLike<number>,
  height: number,
  width: number,
  target: Float32Array,
  targetHeight: number,
  targetWidth: number,
): void {
  const rows = neighbours(height, targetHeight);
  const columns = neighbours(width, targetWidth);
  for (let y = 0; y < targetHeight; y++) {
    const top = rows.lower[y] * width;
    const bottom = rows.upper[y] * width;
    for (let x = 0; x < targetWidth; x++) {
      const left = columns.lower[x];
      const right = columns.upper[x];
      const above = source[top + left] + (source[top + right] - source[top + left]) * columns.share[x];
      const below =
        source[bottom + left] + (source[bottom + right] - source[bottom + left]) * columns.share[x];
      target[y * targetWidth + x] = above + (below - above) * rows.share[y];
    }
  }
}
