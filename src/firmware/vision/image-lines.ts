import { GuestError } from '../guest-error.ts';
import type { HostModule } from '../host-module.ts';
import { findLines, type FindLinesOptions } from '../imlib/find-lines.ts';
import { fitLine, pointsWithin, type RegressionOptions } from '../imlib/regression.ts';
import { isGrey, rgb565ToGrey } from './guest-image.ts';
import { rectangleOf, type RectangleArguments } from './host-arguments.ts';
import { areaOf, partOf, payFor, type ImageParts } from './image-parts.ts';

/** Most pairs of pixels that a robust line is fitted to: some ten seconds of the board for one picture. */
const MAX_PAIRS = 2 ** 28;

/** Pixels around one that a gradient is made of. */
const NEIGHBOURS = 8;

/** Lines through the pixels of a part. Options cross as JSON. */
export function lineModule({ hardware, images, firmware }: ImageParts): HostModule {
  return {
    image_find_lines(handle: number, options: string, ...roi: RectangleArguments) {
      const image = images.get(handle);
      const part = partOf(image, rectangleOf(roi));
      const greyOf = isGrey(image)
        ? (pixel: number) => pixel
        : (pixel: number) => rgb565ToGrey(pixel, firmware);
      const found = findLines(image, part, JSON.parse(options) as FindLinesOptions, greyOf);
      payFor(hardware, 'math', NEIGHBOURS * found.scanned + found.cells);
      hardware.spend('image.edge', found.edges);
      return JSON.stringify(found.lines);
    },
    /** The line, or null. */
    image_get_regression(handle: number, options: string, ...roi: RectangleArguments) {
      const image = images.get(handle);
      const part = partOf(image, rectangleOf(roi));
      const how = JSON.parse(options) as RegressionOptions;
      const points = pointsWithin(image, part, how);
      const scanned = Math.ceil(areaOf(part) / (how.strideX * how.strideY)) * how.thresholds.length;
      payFor(hardware, image.format === 'grayscale' ? 'math' : 'lab', scanned);
      const pairs = how.isRobust ? (points.length * (points.length - 1)) / 2 : 0;
      if (pairs > MAX_PAIRS) {
        const message = `image.Image.get_regression(robust=True) of ${points.length} pixels is not modelled`;
        throw new GuestError('NotImplementedError', message);
      }
      hardware.spend('image.pair', pairs);
      return JSON.stringify(fitLine(image, part, points, how) ?? null);
    },
  };
}
