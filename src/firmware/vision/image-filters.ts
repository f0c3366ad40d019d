import type { HostModule } from '../host-module.ts';
import { equalize } from '../imlib/equalize.ts';
import { erodeOrDilate } from '../imlib/erode-dilate.ts';
import { correctGamma } from '../imlib/gamma.ts';
import { correctLens } from '../imlib/lens-correction.ts';
import { midpointFilter } from '../imlib/midpoint.ts';
import type { Raster } from '../imlib/raster.ts';
import {
  convolve,
  gaussianKernel,
  laplacianKernel,
  meanFilter,
  type Kernel,
} from '../imlib/window-filters.ts';
import { bytesPerPixel, isGrey } from './guest-image.ts';
import { areaOf, assertGuest, payFirst, requireStack, type ImageParts } from './image-parts.ts';

/** Bytes of a weight of a kernel. */
const WEIGHT_BYTES = 4;

/** Filters of an image in its own memory. */
export function filteringModule({ hardware, images }: ImageParts): HostModule {
  /** With `reach` + 1 rows on the stack of the frame buffer, and what else the filter takes of it. */
  const filter = (handle: number, reach: number, run: (image: Raster) => void, stackBytes = 0) => {
    const image = images.get(handle);
    const window = (2 * reach + 1) ** 2;
    assertGuest(reach >= 0, 'KernelSize must be >= 0!');
    requireStack(image.width * bytesPerPixel(image.format) * (reach + 1) + stackBytes);
    payFirst(hardware, 'math', areaOf(image) * window);
    run(image);
  };
  /** With the kernel's own factor where none is given, which is 0. */
  const convolveWith = (
    handle: number,
    reach: number,
    kernel: () => Kernel,
    factor: number,
    offset: number,
  ) =>
    filter(
      handle,
      reach,
      (image) => {
        const own = kernel();
        convolve(image, { ...own, factor: factor || own.factor }, offset);
      },
      WEIGHT_BYTES * (2 * reach + 1) ** 2,
    );
  return {
    image_mean: (handle: number, reach: number) => filter(handle, reach, (image) => meanFilter(image, reach)),
    image_midpoint: (handle: number, reach: number, bias: number) =>
      filter(handle, reach, (image) => midpointFilter(image, reach, bias)),
    image_gaussian: (handle: number, reach: number, isUnsharp: boolean, factor: number, offset: number) =>
      convolveWith(handle, reach, () => gaussianKernel(reach, isUnsharp), factor, offset),
    image_laplacian: (handle: number, reach: number, sharpens: boolean, factor: number, offset: number) =>
      convolveWith(handle, reach, () => laplacianKernel(reach, sharpens), factor, offset),
    image_gamma_corr: (handle: number, gamma: number, contrast: number, brightness: number) =>
      filter(handle, 0, (image) => correctGamma(image, gamma, contrast, brightness)),
    image_erode: (handle: number, reach: number, threshold: number) =>
      filter(handle, reach, (image) => erodeOrDilate(image, reach, threshold, false)),
    image_dilate: (handle: number, reach: number, threshold: number) =>
      filter(handle, reach, (image) => erodeOrDilate(image, reach, threshold, true)),
    /** Pixels are read twice: to count them, and to change them. */
    image_histeq(handle: number) {
      const image = images.get(handle);
      payFirst(hardware, isGrey(image) ? 'math' : 'convert', 2 * areaOf(image));
      equalize(image);
    },
    image_lens_corr(handle: number, ...[strength, zoom, offsetX, offsetY]: readonly number[]) {
      const image = images.get(handle);
      payFirst(hardware, 'lens', areaOf(image));
      correctLens(image, image.pixels.slice(), { strength, zoom, offsetX, offsetY });
    },
  };
}
