import type { HostModule } from '../host-module.ts';
import { findLines, type FindLinesOptions } from '../imlib/find-lines.ts';
import { fitRobust, fitSquares, type RegressionOptions } from '../imlib/regression.ts';
import { isGrey, rgb565ToGrey } from './guest-image.ts';
import { rectangleOf, type RectangleArguments } from './host-arguments.ts';
import {
  areaOf,
  partOf,
  payFirst,
  payFor,
  requireTime,
  STACK_BYTES,
  type ImageParts,
} from './image-parts.ts';

/** Bytes of a line in a list on the heap: two links, four sides, magnitude, theta and rho (collections.c, imlib.h). */
const LINE_BYTES = 32;
/** Bytes of a pixel that a robust line is fitted to, on the stack of the frame buffer: fb_alloc_all of points (stats.c). */
const POINT_BYTES = 4;

/** Pixels around one that a gradient is made of. */
const NEIGHBOURS = 8;

/** Lines through the pixels of a part. Options cross as JSON. */
export function lineModule({ hardware, images, firmware }: ImageParts): HostModule {
  const payEach = (name: string) => (count: number) => {
    hardware.spend(name, count);
    requireTime(hardware);
  };
  let greys: Uint8Array | undefined;
  /** The grey of every 16-bit pixel; made when first asked for. */
  const greyTable = () =>
    (greys ??= Uint8Array.from({ length: 0x10000 }, (_, pixel) => rgb565ToGrey(pixel, firmware)));
  return {
    image_find_lines(handle: number, options: string, ...roi: RectangleArguments) {
      const image = images.get(handle);
      const part = partOf(image, rectangleOf(roi));
      const table = isGrey(image) ? undefined : greyTable();
      const greyOf = table ? (pixel: number) => table[pixel] : (pixel: number) => pixel;
      const found = findLines(image, part, JSON.parse(options) as FindLinesOptions, greyOf, {
        onPeaks: (count) => images.requireFree(count * LINE_BYTES),
        onCompare: payEach('image.entry'),
      });
      payFor(hardware, 'math', NEIGHBOURS * found.scanned + found.cells);
      hardware.spend('image.edge', found.edges);
      return JSON.stringify(found.lines);
    },
    /** The line, or null. */
    image_get_regression(handle: number, options: string, ...roi: RectangleArguments) {
      const image = images.get(handle);
      const part = partOf(image, rectangleOf(roi));
      const how = JSON.parse(options) as RegressionOptions & { readonly isRobust: boolean };
      const scanned = Math.ceil(areaOf(part) / (how.strideX * how.strideY)) * how.thresholds.length;
      payFirst(hardware, image.format === 'grayscale' ? 'math' : 'lab', scanned);
      if (!how.isRobust) return JSON.stringify(fitSquares(image, part, how) ?? null);
      return JSON.stringify(
        fitRobust(image, part, how, { most: STACK_BYTES / POINT_BYTES, onPairs: payEach('image.pair') }) ??
          null,
      );
    },
  };
}
