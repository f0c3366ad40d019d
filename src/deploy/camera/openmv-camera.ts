import { clamp } from '../../numbers.ts';
import type { Image } from '../../pictures/image.ts';
import { blueOf, frameOf, greenOf, packRgb565, redOf, type InputMap } from './frame.ts';

const { fround } = Math;

/** 0.299 R + 0.587 G + 0.114 B in 15 bits. */
const GREY_WEIGHTS = { red: 9770, green: 19182, blue: 3736, shift: 15 };

/** COLOR_RGB565_TO_GRAYSCALE of OpenMV (imlib.c, imlib_rgb565_to_y). */
export function greyOfOpenmv(pixel: number): number {
  const { red, green, blue, shift } = GREY_WEIGHTS;
  return (redOf(pixel) * red + greenOf(pixel) * green + blueOf(pixel) * blue) >> shift;
}

/** Source positions of `to` model pixels on an axis of `from` pixels, in single precision as the firmware computes them. */
function positions(from: number, to: number, scale: number): Int32Array {
  const inverse = fround(1 / scale);
  const offset = fround(fround(fround(from * scale) - to) / 2);
  return Int32Array.from({ length: to }, (_, at) => {
    const position = Math.trunc(fround(fround(at + offset) * inverse));
    return clamp(position, 0, from - 1);
  });
}

/**
 * Columns and rows of a picture that fill a frame of `toWidth` x `toHeight`: the nearest pixel, one scale for both axes,
 * centred, what sticks out cut off (py_tf.c, py_tf_input_data_callback).
 */
export function coverNearest(width: number, height: number, toWidth: number, toHeight: number) {
  const scale = Math.max(fround(toWidth / width), fround(toHeight / height));
  return { columns: positions(width, toWidth, scale), rows: positions(height, toHeight, scale) };
}

/**
 * What `net.classify(img)` of OpenMV 3.8 to 4.0 puts into the model's input, before the change of type: the nearest pixel,
 * one scale for both axes so that the model's frame is filled and the rest of the picture cut off at both sides
 * (py_tf.c, py_tf_input_data_callback). Rows of pixels, channels innermost.
 */
export function convertOpenmv(image: Image, { height, width, channels }: InputMap): Uint8Array {
  const frame = frameOf(image);
  const { columns, rows } = coverNearest(frame.width, frame.height, width, height);
  const result = new Uint8Array(height * width * channels);
  let at = 0;
  for (const row of rows) {
    for (const column of columns) {
      const pixel = frame.pixels[row * frame.width + column];
      if (channels === 1) result[at++] = image.channels === 1 ? pixel : greyOfOpenmv(pixel);
      else {
        const colour = image.channels === 1 ? packRgb565(pixel, pixel, pixel) : pixel;
        result.set([redOf(colour), greenOf(colour), blueOf(colour)], at);
        at += 3;
      }
    }
  }
  return result;
}
