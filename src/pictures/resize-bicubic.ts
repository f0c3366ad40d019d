/** Pixels of the source that make one of the target, and their shares, which add up to 1. */
interface Window {
  readonly first: number;
  readonly shares: Float64Array;
}

const RADIUS = 2;

/** The cubic of ImageSharp's `KnownResamplers.Bicubic`, a = -0.5. */
function cubic(distance: number): number {
  const x = Math.abs(distance);
  if (x <= 1) return (1.5 * x - 2.5) * x * x + 1;
  return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
}

/** Half-pixel centres; a source that is larger is averaged over as many more pixels. */
function windowsOf(from: number, to: number): Window[] {
  const ratio = from / to;
  const scale = Math.max(1, ratio);
  const radius = scale * RADIUS;
  return Array.from({ length: to }, (_, index) => {
    const centre = (index + 0.5) * ratio - 0.5;
    const first = Math.max(0, Math.ceil(centre - radius));
    const last = Math.min(from - 1, Math.floor(centre + radius));
    const shares = Float64Array.from({ length: last - first + 1 }, (_share, at) =>
      cubic((first + at - centre) / scale),
    );
    const sum = shares.reduce((total, share) => total + share, 0);
    return { first, shares: shares.map((share) => share / sum) };
  });
}

/**
 * Stretches pixels (H,W,C bytes) to another size with the bicubic filter of ImageSharp, the library with which ncc 0.1
 * reads its calibration images; columns first, each result rounded once at the end.
 */
export function resizeBicubic(
  pixels: Uint8Array,
  from: { readonly width: number; readonly height: number; readonly channels: number },
  to: { readonly width: number; readonly height: number },
): Uint8Array {
  if (from.width === to.width && from.height === to.height) return pixels;
  const { channels } = from;
  const columns = windowsOf(from.width, to.width);
  const wide = new Float64Array(from.height * to.width * channels);
  for (let y = 0; y < from.height; y++) {
    columns.forEach(({ first, shares }, x) => {
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        shares.forEach((share, at) => (sum += share * pixels[(y * from.width + first + at) * channels + c]));
        wide[(y * to.width + x) * channels + c] = sum;
      }
    });
  }
  const target = new Uint8Array(to.height * to.width * channels);
  const rowValues = to.width * channels;
  windowsOf(from.height, to.height).forEach(({ first, shares }, y) => {
    for (let at = 0; at < rowValues; at++) {
      let sum = 0;
      shares.forEach((share, row) => (sum += share * wide[(first + row) * rowValues + at]));
      target[y * rowValues + at] = Math.min(255, Math.max(0, Math.round(sum)));
    }
  });
  return target;
}
