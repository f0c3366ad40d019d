import { mergeCorners } from './blob-corners.ts';
import type { Blob } from './blob.ts';
import { f32 } from './float32.ts';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A blob with sums weighted by pixels, from which merged values are made. */
interface Merging extends Blob {
  readonly sumX: number;
  readonly sumY: number;
  readonly sumCosine: number;
  readonly sumSine: number;
  readonly sumRoundness: number;
}

const toMerging = (blob: Blob): Merging => ({
  ...blob,
  sumX: f32(blob.centreX * blob.pixels),
  sumY: f32(blob.centreY * blob.pixels),
  sumCosine: f32(f32(Math.cos(blob.rotation)) * blob.pixels),
  sumSine: f32(f32(Math.sin(blob.rotation)) * blob.pixels),
  sumRoundness: f32(blob.roundness * blob.pixels),
});

/** How blobs are merged; `onCompare` is told before one is compared with so many others. */
export interface MergeOptions {
  readonly margin: number;
  readonly firmware: 'openmv' | 'maixpy';
  readonly onCompare: (count: number) => void;
}

/** Joins blobs whose rectangles, one of them widened by `margin`, overlap, until none do (imlib_find_blobs). */
export function mergeBlobs(blobs: readonly Blob[], { margin, firmware, onCompare }: MergeOptions): Blob[] {
  const join = firmware === 'openmv' ? joinOpenmv : joinMaixpy;
  let left = blobs.map(toMerging);
  for (;;) {
    const merged: Merging[] = [];
    // Those that stay apart are kept at the front of the queue, in their order.
    const queue = [...left];
    for (let count = queue.length; count > 0;) {
      onCompare(count - 1);
      let blob = queue[0];
      let apart = 0;
      for (let at = 1; at < count; at++) {
        const other = queue[at];
        if (overlaps(blob, other, margin)) blob = join(blob, other);
        else queue[apart++] = other;
      }
      merged.push(blob);
      count = apart;
    }
    if (merged.length === left.length) return merged.map(toBlob);
    left = merged;
  }
}

function toBlob({ sumX, sumY, sumCosine, sumSine, sumRoundness, ...blob }: Merging): Blob {
  void [sumX, sumY, sumCosine, sumSine, sumRoundness];
  return blob;
}

/**
 * rectangle_overlap of imlib of a box and another one that is widened by the margin; a box without a side still overlaps what
 * it lies inside of.
 */
function overlaps(a: Box, b: Box, margin: number): boolean {
  const [width, height] = [Math.max(b.width + 2 * margin, 0), Math.max(b.height + 2 * margin, 0)];
  const [x, y] = [b.x - margin, b.y - margin];
  return x + width > a.x && a.x + a.width > x && y + height > a.y && a.y + a.height > y;
}

function united(a: Box, b: Box): Box {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  const width = Math.max(a.x + a.width, b.x + b.width) - x;
  return { x, y, width, height: Math.max(a.y + a.height, b.y + b.height) - y };
}

function joinOpenmv(blob: Merging, other: Merging): Merging {
  const pixels = blob.pixels + other.pixels;
  const sum = (name: 'sumX' | 'sumY' | 'sumCosine' | 'sumSine' | 'sumRoundness') =>
    f32(blob[name] + other[name]);
  const sums = { sumX: sum('sumX'), sumY: sum('sumY'), sumCosine: sum('sumCosine'), sumSine: sum('sumSine') };
  const sumRoundness = sum('sumRoundness');
  return {
    ...united(blob, other),
    ...{ ...sums, sumRoundness, pixels },
    ...{ perimeter: blob.perimeter + other.perimeter, code: blob.code | other.code },
    count: blob.count + other.count,
    ...{ centreX: f32(sums.sumX / pixels), centreY: f32(sums.sumY / pixels) },
    rotation: f32(Math.atan2(f32(sums.sumSine / pixels), f32(sums.sumCosine / pixels))),
    roundness: f32(sumRoundness / pixels),
    corners: mergeCorners(blob.corners, other.corners),
  };
}

function joinMaixpy(blob: Merging, other: Merging): Merging {
  const pixels = blob.pixels + other.pixels;
  const mean = (a: number, b: number) => Math.trunc((a * blob.pixels + b * other.pixels) / pixels);
  const turned = (of: (radians: number) => number) =>
    f32((of(blob.rotation) * blob.pixels + of(other.rotation) * other.pixels) / pixels);
  return {
    ...blob,
    ...united(blob, other),
    ...{ pixels, code: blob.code | other.code, count: blob.count + other.count },
    perimeter: blob.perimeter + other.perimeter,
    ...{ centreX: mean(blob.centreX, other.centreX), centreY: mean(blob.centreY, other.centreY) },
    rotation: f32(Math.atan2(turned(Math.sin), turned(Math.cos))),
  };
}
