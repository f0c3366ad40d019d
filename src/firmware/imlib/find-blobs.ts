import { mergeBlobs } from './merge-blobs.ts';
import { BlobCorners } from './blob-corners.ts';
import { BlobSums, rotationOf, type Blob } from './blob.ts';
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
  options.thresholds.forEach((threshold, code) => {
    const isPixelInside = insideOf(raster.format, threshold, options.inverts);
    const isInside = (at: number) => isPixelInside(raster.pixels[at]);
    const field = { stride: raster.width, region, isInside, taken };
    visitStrides(region, options, (x, y) => {
      counts.scanned++;
      const at = y * raster.width + x;
      if (taken[at] === 1 || !isInside(at)) return;
      const sums = new BlobSums();
      const corners = new BlobCorners(region);
      const perimeter = flood(field, x, y, (span) => {
        counts.spans++;
        takeSpan(span, sums, corners);
      });
      counts.filled += sums.pixels;
      const blob = { openmv: openmvBlob, maixpy: maixpyBlob }[firmware](sums, corners, perimeter, 1 << code);
      if (blob.width * blob.height < options.leastArea || blob.pixels < options.leastPixels) return;
      onBlob(blobs.length + 1);
      blobs.push(blob);
    });
  });
  const how = { margin: options.margin, firmware, onCompare };
  return { ...counts, blobs: options.merges ? mergeBlobs(blobs, how) : blobs };
}

function takeSpan(span: Span, sums: BlobSums, corners: BlobCorners): void {
  sums.add(span.y, span.left, span.right);
  corners.add(span, Math.trunc((span.left + span.right) / 2));
}

function openmvBlob(sums: BlobSums, outline: BlobCorners, perimeter: number, code: number): Blob {
  const { pixels } = sums;
  const { corners } = outline;
  const quarter = corners.length / 4;
  const [x, y] = [corners[0][0], corners[quarter][1]];
  const [centreX, centreY] = [f32(sums.x / pixels), f32(sums.y / pixels)];
  const moments = sums.momentsAbout(roundEven(centreX), roundEven(centreY));
  return {
    ...{ x, y, width: corners[2 * quarter][0] - x + 1, height: corners[3 * quarter][1] - y + 1 },
    ...{ pixels, centreX, centreY, rotation: rotationOf(moments), code, count: 1, perimeter },
    ...{ roundness: roundnessOf(moments), corners },
  };
}

/** Sides without their last pixel, a centre cut to whole numbers (MaixPy 0.5 blob.c). */
function maixpyBlob(sums: BlobSums, _: BlobCorners, perimeter: number, code: number): Blob {
  const { pixels, left, right, top, bottom } = sums;
  const [centreX, centreY] = [Math.trunc(sums.x / pixels), Math.trunc(sums.y / pixels)];
  const moments = sums.momentsAbout(centreX, centreY);
  return {
    ...{ x: left, y: top, width: right - left, height: bottom - top, pixels, centreX, centreY },
    ...{
      rotation: rotationOf(moments),
      code,
      count: 1,
      perimeter,
      roundness: roundnessOf(moments),
      corners: [],
    },
  };
}

/** The shorter axis over the longer one, from second moments (calc_roundness). */
function roundnessOf({ a, b, c }: { readonly a: number; readonly b: number; readonly c: number }): number {
  const length = f32(Math.sqrt(f32(f32(b * b) + f32((a - c) * (a - c)))));
  if (length === 0) return a + c === 0 ? 0 : 1;
  const [sine, cosine] = [f32(b / length), f32((a - c) / length)];
  const middle = f32((a + c) / 2);
  const parts = [f32(cosine * f32((a - c) / 2)), f32(sine * f32(b / 2))];
  const signs = [
    [1, 1],
    [1, -1],
    [-1, 1],
    [-1, -1],
  ];
  const axes = signs.map(([first, second]) => f32(f32(middle + first * parts[0]) + second * parts[1]));
  const [least, most] = [Math.min(...axes), Math.max(...axes)];
  return most === 0 ? 0 : f32(least / most);
}
