import { GuestError } from '../guest-error.ts';
import type { Rectangle } from '../vision/guest-image.ts';

const { fround } = Math;

export interface WindowOptions {
  readonly minScale: number;
  readonly scaleMul: number;
  /** Share by which neighbouring windows overlap, or -1 for one window in the middle. */
  readonly xOverlap: number;
  readonly yOverlap: number;
}

const CENTRED = -1;

/**
 * The parts of `roi` that `net.classify` looks at: the whole of it, then for each smaller scale windows side by side
 * (py_tf.c, py_tf_classify; float32 scales, positions cut to whole pixels). Throws a GuestError for options out of range.
 */
export function detectionWindows(roi: Rectangle, options: WindowOptions): Rectangle[] {
  checkOptions(options);
  const { minScale, scaleMul, xOverlap, yOverlap } = options;
  const windows: Rectangle[] = [];
  for (let scale = 1; scale >= fround(minScale) && scale > 0; scale = fround(scale * fround(scaleMul))) {
    const [width, height] = [fround(roi.width * scale), fround(roi.height * scale)];
    if (Math.trunc(width) < 1 || Math.trunc(height) < 1) break;
    for (const y of starts(roi.y, roi.height, height, yOverlap)) {
      for (const x of starts(roi.x, roi.width, width, xOverlap)) {
        windows.push({ x, y, width: Math.trunc(width), height: Math.trunc(height) });
      }
    }
  }
  return windows;
}

/** First pixels of windows of `part` pixels in `all` pixels from `first` on. */
function starts(first: number, all: number, part: number, overlap: number): number[] {
  const isCentred = overlap === CENTRED;
  const step = isCentred ? all : Math.trunc(fround(part * fround(1 - overlap)));
  if (step < 1) {
    throw new GuestError(
      'ValueError',
      `an overlap of ${overlap} never moves the window: the board would hang`,
    );
  }
  const found: number[] = [];
  const margin = isCentred ? all - part : all % part;
  for (let at = Math.trunc(first + margin / 2); at + part <= first + all; at += step) found.push(at);
  return found;
}

function checkOptions({ minScale, scaleMul, xOverlap, yOverlap }: WindowOptions): void {
  const isShare = (overlap: number) => overlap === CENTRED || (overlap >= 0 && overlap < 1);
  if (!(minScale > 0 && minScale <= 1)) throw new GuestError('ValueError', '0 < min_scale <= 1');
  if (!(scaleMul >= 0 && scaleMul < 1)) throw new GuestError('ValueError', '0 <= scale_mul < 1');
  if (!isShare(xOverlap)) throw new GuestError('ValueError', '0 <= x_overlap < 1');
  if (!isShare(yOverlap)) throw new GuestError('ValueError', '0 <= y_overlap < 1');
}
