import type { Image } from '../../pictures/image.ts';
import {
  blueOf,
  frameOf,
  greenOf,
  packRgb565,
  redOf,
  unpackRgb565,
  type Frame,
  type InputMap,
} from './frame.ts';

const { fround } = Math;

/** imlib_rgb565_to_y of MaixPy (imlib.c): the weights of ITU-R BT.601, rounded down. */
export function greyOfMaixpy(pixel: number): number {
  const red = fround(redOf(pixel) * fround(0.299));
  const green = fround(greenOf(pixel) * fround(0.587));
  const blue = fround(blueOf(pixel) * fround(0.114));
  return Math.floor(fround(fround(red + green) + blue));
}

/** A float turned into uint8_t by the compiler's code: negative values become 0, others lose what is above 8 bits. */
const toByte = (value: number): number => (value < 0 ? 0 : Math.trunc(value) & 0xff);

/** Grey images: the literals of the source are doubles, its variable is a float. */
const greyPosition = (at: number, scale: number): number => fround((at + 0.5) * scale - 0.5);
/** Colour images: single precision throughout. */
const colourPosition = (at: number, scale: number): number => fround(fround((at + 0.5) * scale) - 0.5);

/** Two neighbours on a source axis of `from` pixels and their weights, which leave 0..1 before the first pixel's centre. */
function neighbours(position: number, from: number) {
  const first = Math.trunc(position);
  const second = first + 1;
  const isInside = first < from - 1;
  return {
    first,
    second: isInside ? second : first,
    isInside,
    near: fround(second - position),
    far: fround(position - first),
  };
}

/** Larger in any direction: bilinear (py_image.c, py_image_resize, IMAGE_BPP_GRAYSCALE). */
function enlargeGrey({ pixels, width, height }: Frame, toWidth: number, toHeight: number): Uint8Array {
  const [scaleX, scaleY] = [fround(width / toWidth), fround(height / toHeight)];
  const result = new Uint8Array(toWidth * toHeight);
  for (let y = 0; y < toHeight; y++) {
    const row = neighbours(greyPosition(y, scaleY), height);
    for (let x = 0; x < toWidth; x++) {
      const column = neighbours(greyPosition(x, scaleX), width);
      const term = (atY: number, atX: number, weightX: number, weightY: number) =>
        fround(fround(pixels[atY * width + atX] * weightX) * weightY);
      const top = fround(
        term(row.first, column.first, column.near, row.near) +
          term(row.first, column.second, column.far, row.near),
      );
      const left = fround(top + term(row.second, column.first, column.near, row.far));
      result[y * toWidth + x] = toByte(fround(left + term(row.second, column.second, column.far, row.far)));
    }
  }
  return result;
}

/**
 * Smaller in both directions: the mean of a box whose borders count twice. The firmware takes the vertical scale for both
 * axes and reads past the end of the last row; past the picture's end the last pixel stands in for what it would find there.
 */
function shrinkGrey({ pixels, width, height }: Frame, toWidth: number, toHeight: number): Uint8Array {
  const scale = fround(height / toHeight);
  const edge = (at: number) => Math.trunc(fround(at * scale));
  const last = pixels.length - 1;
  const result = new Uint8Array(toWidth * toHeight);
  for (let y = 0; y < toHeight; y++) {
    for (let x = 0; x < toWidth; x++) {
      let sum = 0;
      for (let row = edge(y); row <= edge(y + 1); row++) {
        for (let column = edge(x); column <= edge(x + 1); column++) {
          sum += pixels[Math.min(row * width + column, last)];
        }
      }
      const count = (edge(y + 1) - edge(y) + 1) * (edge(x + 1) - edge(x) + 1);
      result[y * toWidth + x] = Math.trunc(sum / count);
    }
  }
  return result;
}

function resizeGrey(frame: Frame, toWidth: number, toHeight: number): Uint8Array {
  const isLarger = toWidth >= frame.width || toHeight >= frame.height;
  return (isLarger ? enlargeGrey : shrinkGrey)(frame, toWidth, toHeight);
}

/** The nearest pixel towards the origin. */
function pickNearest({ pixels, width, height }: Frame, toWidth: number, toHeight: number): Uint16Array {
  const [scaleX, scaleY] = [fround(width / toWidth), fround(height / toHeight)];
  return Uint16Array.from({ length: toWidth * toHeight }, (_, at) => {
    const x = Math.trunc(fround((at % toWidth) * scaleX));
    const y = Math.trunc(fround(Math.floor(at / toWidth) * scaleY));
    return pixels[y * width + x];
  });
}

const FIELDS = [
  { shift: 11, mask: 0x1f },
  { shift: 5, mask: 0x3f },
  { shift: 0, mask: 0x1f },
] as const;

/** Larger in both directions: bilinear on the fields of the 16-bit pixels, the nearest at the right and lower border. */
function enlargeColour({ pixels, width, height }: Frame, toWidth: number, toHeight: number): Uint16Array {
  const [scaleX, scaleY] = [fround(width / toWidth), fround(height / toHeight)];
  return Uint16Array.from({ length: toWidth * toHeight }, (_, at) => {
    const [column, row] = [
      neighbours(colourPosition(at % toWidth, scaleX), width),
      neighbours(colourPosition(Math.floor(at / toWidth), scaleY), height),
    ];
    const pixel = (y: number, x: number) => pixels[y * width + x];
    if (!column.isInside || !row.isInside) return pixel(row.first, column.first);
    return FIELDS.reduce((packed, { shift, mask }) => {
      const field = (y: number, x: number) => (pixel(y, x) >> shift) & mask;
      const mix = (y: number) =>
        fround(fround(column.near * field(y, column.first)) + fround(column.far * field(y, column.second)));
      const value = fround(fround(row.near * mix(row.first)) + fround(row.far * mix(row.second)));
      return packed | (toByte(value) << shift);
    }, 0);
  });
}

/** `img.resize(w, h)` of a colour image (py_image.c, py_image_resize, IMAGE_BPP_RGB565). */
function resizeColour(frame: Frame, toWidth: number, toHeight: number): Uint16Array {
  const isSmaller = frame.width >= toWidth || frame.height > toHeight;
  return (isSmaller ? pickNearest : enlargeColour)(frame, toWidth, toHeight);
}

/** `img.resize(w, h)` of MaixPy, of a grey image by its bytes and of a colour image by its 16-bit pixels. */
export function resizeMaixpy(frame: Frame, toWidth: number, toHeight: number): Uint8Array | Uint16Array {
  const resize = frame.pixels instanceof Uint8Array ? resizeGrey : resizeColour;
  return resize(frame, toWidth, toHeight);
}

/** `to_grayscale()` or `to_rgb565()`, where the model's channels ask for it: kpu.forward refuses any other image. */
function withChannels(image: Image, channels: 1 | 3): Frame {
  const frame = frameOf(image);
  if (image.channels === channels) return frame;
  const pixels =
    channels === 1
      ? Uint8Array.from(frame.pixels, greyOfMaixpy)
      : Uint16Array.from(frame.pixels, (grey) => packRgb565(grey, grey, grey));
  return { ...frame, pixels };
}

/**
 * What a MaixPy script gives to `kpu.forward`, as bytes: the image in the model's colours, `img.resize(w, h)`, then
 * `img.pix_to_ai()` (MaixPy, py_image.c). Rows of pixels, channels innermost (the KPU holds the channels one behind
 * the other).
 */
export function convertMaixpy(image: Image, { height, width, channels }: InputMap): Uint8Array {
  const frame = withChannels(image, channels);
  const pixels = resizeMaixpy(frame, width, height);
  return pixels instanceof Uint8Array ? pixels : unpackRgb565(pixels);
}
