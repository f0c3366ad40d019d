import { blueOf, greenOf, redOf } from '../../deploy/camera/frame.ts';
import { isGrey, type GuestImage } from './guest-image.ts';

const WHITE = { grayscale: 0xff, rgb565: 0xffff } as const;

/** Every pixel through `map`. */
function mapPixels(image: GuestImage, map: (pixel: number, at: number) => number): void {
  const count = image.width * image.height;
  for (let at = 0; at < count; at++) image.pixels[at] = map(image.pixels[at], at);
}

/** `img.invert()` and `img.negate()` (imlib_invert): each field from its largest value, which is every bit turned. */
export function invert(image: GuestImage): void {
  mapPixels(image, (pixel) => pixel ^ WHITE[image.format]);
}

/** `img.clear()`: every pixel 0. */
export function clear(image: GuestImage): void {
  mapPixels(image, () => 0);
}

/**
 * `img.strech_char(de_dark)` of MaixPy (py_image_strech_char), grey images only: what is darker than the mean becomes 0,
 * the rest is stretched to 255, and where `deDark` is not 0 it fades towards the corners. An image of one grey, where the
 * board divides by zero, becomes 0, as the K210's division (-1) leaves it.
 */
export function stretchCharacter(image: GuestImage, deDark: boolean): void {
  const { width, height, pixels } = image;
  const area = width * height;
  let [largest, sum] = [0, 0];
  for (let at = 0; at < area; at++) {
    largest = Math.max(largest, pixels[at]);
    sum += pixels[at];
  }
  const gate = Math.trunc(Math.trunc(sum / width) / height);
  const [centreX, centreY] = [width >> 1, height >> 1];
  mapPixels(image, (pixel, at) => {
    const quotient = largest === gate ? -1 : Math.trunc(((pixel - gate) * 255) / (largest - gate));
    const stretched = Math.min(Math.max(quotient, 0), 255);
    if (!deDark) return stretched;
    const radius = ((at % width) - centreX) ** 2 + (Math.floor(at / width) - centreY) ** 2;
    return Math.trunc(stretched / (1 + (32 * radius * radius) / width / width / height / height));
  });
}

const FIELDS = {
  grayscale: [{ shift: 0, mask: 0xff }],
  rgb565: [
    { shift: 11, mask: 0x1f },
    { shift: 5, mask: 0x3f },
    { shift: 0, mask: 0x1f },
  ],
} as const;

/**
 * `img.mean_pool(x_div, y_div)` (imlib_mean_pool): each pixel of `target` is the mean of a box, rounded down, by the fields
 * of the 16-bit pixels; boxes are centred in the image. `target` may lie in the image's own memory.
 */
export function meanPool(image: GuestImage, target: GuestImage, divX: number, divY: number): void {
  const [left, top] = [(image.width % divX) >> 1, (image.height % divY) >> 1];
  for (let y = 0; y < target.height; y++) {
    for (let x = 0; x < target.width; x++) {
      target.pixels[y * target.width + x] = meanOfBox(image, left + x * divX, top + y * divY, divX, divY);
    }
  }
}

function meanOfBox(image: GuestImage, left: number, top: number, width: number, height: number): number {
  return FIELDS[image.format].reduce((packed, { shift, mask }) => {
    let sum = 0;
    for (let y = top; y < top + height; y++) {
      for (let x = left; x < left + width; x++) sum += (image.pixels[y * image.width + x] >> shift) & mask;
    }
    return packed | (Math.trunc(sum / (width * height)) << shift);
  }, 0);
}

/**
 * `img.binary(thresholds, invert, zero)`: pixels that are chosen become white and others 0; with `zeroes` those become 0 and
 * others stay (imlib_binary).
 */
export function binarize(image: GuestImage, isChosen: (pixel: number) => boolean, zeroes = false): void {
  const white = WHITE[image.format];
  /** By the value of a pixel: 0 before one of it was looked at, then 1 for a chosen one and 2 for another. */
  const known = new Uint8Array(white + 1);
  mapPixels(image, (pixel) => {
    const answer = (known[pixel] ||= isChosen(pixel) ? 1 : 2);
    if (zeroes) return answer === 1 ? 0 : pixel;
    return answer === 1 ? white : 0;
  });
}

/** The three bytes of a pixel as `get_pixel(x, y, rgbtuple=True)` tells them, in one number: red, green, blue. */
export function rgbOf(image: GuestImage, pixel: number): number {
  if (isGrey(image)) return (pixel << 16) | (pixel << 8) | pixel;
  return (redOf(pixel) << 16) | (greenOf(pixel) << 8) | blueOf(pixel);
}
