import { mergeBlobs } from './merge-blobs.ts';
import { BlobCorners } from './blob-corners.ts';
import { BlobSums, rotationOf, type Blob } from './blob.ts';
import type { Corner } from './min-rectangle.ts';
import { f32, roundEven } from './float32.ts';
import { flood, type Span } from './flood.ts';
import type { Raster, Region } from './raster.ts';
import { visitStrides, type Selection } from './selection.ts';
import { insideOf } from './thresholds.ts';

/** Firmwares whose find_blobs differ: MaixPy 0.5 has OpenMV's of 2018. */
export type BlobFirmware = 'openmv' | 'maixpy';

/** Least area and pixels are those of a blob before merging. */
export interface BlobOptions extends Selection {
  readonly merges: boolean;
  /** Pixels by which rectangles may miss each other and still be merged. */
  readonly margin: number;
}

/** Blobs, and what finding them took: pixels looked at, spans and pixels filled. */
export interface FoundBlobs {
  readonly blobs: readonly Blob[];
  readonly scanned: number;
  readonly spans: number;
  readonly filled: number;
}

/** What a search takes of the board; what is told of it throws where the board has not as much. */
export interface FindBlobsLimits {
  /** Told how many there are before another one is kept. */
  readonly onBlob: (count: number) => void;
  /** Told before one is compared with so many others, to be merged. */
  readonly onCompare: (count: number) => void;
}

const NO_LIMITS: FindBlobsLimits = { onBlob: () => undefined, onCompare: () => undefined };

/** `img.find_blobs(thresholds)` (imlib_find_blobs): a pixel belongs to the first threshold's blob that reaches it. */
export function findBlobs(
  raster: Raster,
  region: Region,
  options: BlobOptions,
  firmware: BlobFirmware,
  { onBlob, onCompare } = NO_LIMITS,
): FoundBlobs {
  const taken = new Uint8Array(raster.width * raster.height);
  const blobs: Blob[] = [];
  const counts = { scanned: 0, spans: 0, filled: 0 };
  const makeBlob = { openmv: openmvBlobs, maixpy: maixpyBlobs }[firmware](region);
  options.thresholds.forEach((threshold, code) => {
    const isPixelInside = insideOf(raster.format, threshold, options.inverts);
    const isInside = (at: number) => isPixelInside(raster.pixels[at]);
    const field = { stride: raster.width, region, isInside, taken };
    visitStrides(region, options, (x, y) => {
      counts.scanned++;
      const at = y * raster.width + x;
      if (taken[at] === 1 || !isInside(at)) return;
      const { blob, spans } = makeBlob(1 << code, (onSpan) => flood(field, x, y, onSpan));
      counts.spans += spans;
      counts.filled += blob.pixels;
      if (blob.width * blob.height < options.leastArea || blob.pixels < options.leastPixels) return;
      onBlob(blobs.length + 1);
      blobs.push(blob);
    });
  });
  const how = { margin: options.margin, firmware, onCompare };
  return { ...counts, blobs: options.merges ? mergeBlobs(blobs, how) : blobs };
}

interface MadeBlob {
  readonly blob: Blob;
  readonly spans: number;
}
/** Fills a blob, whose perimeter it returns, and tells of its spans. */
type Fill = (onSpan: (span: Span) => void) => number;
type BlobMaker = (code: number, fill: Fill) => MadeBlob;

function openmvBlobs(region: Region): BlobMaker {
  const outline = new BlobCorners(region);
  return (code, fill) => {
    outline.begin();
    const [sums, spans] = [new BlobSums(), { count: 0 }];
    const perimeter = fill(({ y, left, right }) => {
      spans.count++;
      sums.add(y, left, right);
      outline.add(left, right, y);
    });
    return { blob: openmvBlob(sums, outline.corners, perimeter, code), spans: spans.count };
  };
}

function maixpyBlobs(): BlobMaker {
  return (code, fill) => {
    const [sums, spans] = [new BlobSums(), { count: 0 }];
    const perimeter = fill(({ y, left, right }) => {
      spans.count++;
      sums.add(y, left, right);
    });
    return { blob: maixpyBlob(sums, perimeter, code), spans: spans.count };
  };
}

function openmvBlob(sums: BlobSums, corners: readonly Corner[], perimeter: number, code: number): Blob {
  const { pixels } = sums;
  const quarter = corners.length / 4;
  const [x, y] = [corners[0][0], corners[quarter][1]];
  const [centreX, centreY] = [f32(sums.x / pixels), f32(sums.y / pixels)];
  const moments = sums.momentsAbout(roundEven(centreX), roundEven(centreY));
  const [width, height] = [corners[2 * quarter][0] - x + 1, corners[3 * quarter][1] - y + 1];
  const [rotation, roundness] = [rotationOf(moments), roundnessOf(moments)];
  const shape = { perimeter, roundness, corners };
  return { x, y, width, height, pixels, centreX, centreY, rotation, code, count: 1, ...shape };
}

/** Sides without their last pixel, a centre cut to whole numbers (MaixPy 0.5 blob.c). */
function maixpyBlob(sums: BlobSums, perimeter: number, code: number): Blob {
  const { pixels, left: x, right, top: y, bottom } = sums;
  const [centreX, centreY] = [Math.trunc(sums.x / pixels), Math.trunc(sums.y / pixels)];
  const moments = sums.momentsAbout(centreX, centreY);
  const [width, height] = [right - x, bottom - y];
  const [rotation, roundness] = [rotationOf(moments), roundnessOf(moments)];
  const shape = { perimeter, roundness, corners: [] };
  return { x, y, width, height, pixels, centreX, centreY, rotation, code, count: 1, ...shape };
}

/** The shorter axis over the longer one, from second moments (calc_roundness). */
function roundnessOf({ a, b, c }: { readonly a: number; readonly b: number; readonly c: number }): number {
  const length = f32(Math.sqrt(f32(f32(b * b) + f32((a - c) * (a - c)))));
  if (length === 0) return a + c === 0 ? 0 : 1;
  const [sine, cosine] = [f32(b / length), f32((a - c) / length)];
  const middle = f32((a + c) / 2);
  const [along, across] = [f32(cosine * f32((a - c) / 2)), f32(sine * f32(b / 2))];
  const [more, less] = [f32(middle + along), f32(middle - along)];
  const axes = [f32(more + across), f32(more - across), f32(less + across), f32(less - across)] as const;
  const [least, most] = [Math.min(...axes), Math.max(...axes)];
  return most === 0 ? 0 : f32(least / most);
}
