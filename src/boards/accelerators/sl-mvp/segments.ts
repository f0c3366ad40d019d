/** One axis of a window that slides: as many positions as `output`, the first `pad` before the input. */
export interface SlidingAxis {
  readonly input: number;
  readonly output: number;
  readonly kernel: number;
  readonly stride: number;
  readonly pad: number;
}

/** Neighbouring positions at which the same taps of the window lie inside of the input. */
export interface Segment {
  /** Position of the first, and how many there are. */
  readonly first: number;
  readonly count: number;
  /** First tap that lies inside, and how many do. */
  readonly tapStart: number;
  readonly taps: number;
}

/**
 * The positions of an axis as the accelerator's library cuts them: every position over the start or the end of the input is
 * one by itself, those between them one piece. O(kernel), never O(positions).
 */
export function segmentsOf({ input, output, kernel, stride, pad }: SlidingAxis): Segment[] {
  const lastInside = Math.floor((input - kernel + pad) / stride);
  const segments: Segment[] = [];
  for (let first = 0; first < output;) {
    const origin = first * stride - pad;
    const tapStart = Math.max(0, -origin);
    const isInside = origin >= 0 && input - origin >= kernel;
    const count = isInside ? Math.min(lastInside, output - 1) - first + 1 : 1;
    segments.push({ first, count, tapStart, taps: Math.min(kernel, input - origin) - tapStart });
    first += count;
  }
  return segments;
}

/**
 * How many rows of the output each program of a piece of several rows makes: rows whose windows overlap go to different
 * programs, each of which walks over the input without stepping back.
 */
export function rowsOfPrograms({ count, taps }: Segment, stride: number, isColumn: boolean): number[] {
  const apart = count === 1 || isColumn || stride >= taps ? 1 : Math.ceil(taps / stride);
  const programs = Math.min(apart, count);
  return Array.from({ length: programs }, (_, offset) => Math.ceil((count - offset) / apart));
}
