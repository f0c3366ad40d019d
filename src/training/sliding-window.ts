import type { Padding } from '../models/graph/attributes.ts';
import { convOutSize, paddingAmount } from '../models/graph/shapes.ts';

/** A window that slides over images [height, width, channels]; padding counts before the first row and column. */
export interface SlidingWindow {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly kernel: readonly [height: number, width: number];
  readonly stride: readonly [height: number, width: number];
  readonly dilation: readonly [height: number, width: number];
  readonly before: readonly [top: number, left: number];
}

export interface WindowFields {
  readonly kernel: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly dilation?: readonly [number, number];
  readonly padding: Padding;
}

/** The window over an image of this shape; TFLite's rule for output and padding. */
export function slidingWindow(shape: readonly number[], fields: WindowFields): SlidingWindow {
  const [height, width, channels] = shape;
  const { kernel, stride, padding } = fields;
  const dilation = fields.dilation ?? [1, 1];
  const out = [height, width].map((side, axis) =>
    convOutSize(side, kernel[axis], stride[axis], dilation[axis], padding),
  );
  const before = [height, width].map((side, axis) =>
    padding === 'VALID'
      ? 0
      : paddingAmount(side, kernel[axis], stride[axis], dilation[axis], out[axis]).before,
  );
  return {
    height,
    width,
    channels,
    outHeight: out[0],
    outWidth: out[1],
    kernel,
    stride,
    dilation,
    before: [before[0], before[1]],
  };
}

/**
 * Calls `visit` for each tap of each output pixel of each image that falls inside the image: the output pixel
 * (image, row and column counted through), the tap (ky * kernelWidth + kx), and the input pixel counted likewise.
 */
export function forEachTap(
  w: SlidingWindow,
  images: number,
  visit: (outPixel: number, tap: number, inPixel: number) => void,
): void {
  let outPixel = 0;
  for (let image = 0; image < images; image++) {
    for (let y = 0; y < w.outHeight; y++) {
      for (let x = 0; x < w.outWidth; x++, outPixel++) {
        for (let ky = 0; ky < w.kernel[0]; ky++) {
          const row = y * w.stride[0] - w.before[0] + ky * w.dilation[0];
          if (row < 0 || row >= w.height) continue;
          for (let kx = 0; kx < w.kernel[1]; kx++) {
            const column = x * w.stride[1] - w.before[1] + kx * w.dilation[1];
            if (column < 0 || column >= w.width) continue;
            visit(outPixel, ky * w.kernel[1] + kx, (image * w.height + row) * w.width + column);
          }
        }
      }
    }
  }
}
