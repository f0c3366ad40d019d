import { f32 } from './float32.ts';
import type { Raster } from './raster.ts';

/** What two fields of a pixel become; `most` is the largest that the field holds. */
type Combination = (own: number, other: number, most: number) => number;

/** Arithmetic of one image with another of its size (imlib mathop.c, binary.c). */
export const COMBINATIONS: Readonly<Record<string, Combination>> = {
  and: (own, other) => own & other,
  nand: (own, other, most) => ~(own & other) & most,
  or: (own, other) => own | other,
  nor: (own, other, most) => ~(own | other) & most,
  xor: (own, other) => own ^ other,
  xnor: (own, other, most) => ~(own ^ other) & most,
  add: (own, other, most) => Math.min(own + other, most),
  sub: (own, other) => Math.max(own - other, 0),
  rsub: (own, other) => Math.max(other - own, 0),
  mul: (own, other, most) => Math.trunc((own * other) / most),
  imul: (own, other, most) => most - Math.trunc(((most - own) * (most - other)) / most),
  min: (own, other) => Math.min(own, other),
  max: (own, other) => Math.max(own, other),
  difference: (own, other) => Math.abs(own - other),
  replace: (_, other) => other,
};

/** `img.blend(other, alpha)`: so many of 256 parts of the image itself. */
export function blendOf(alpha: number): Combination {
  const own = f32(alpha / 256);
  const others = f32(1 - own);
  return (a, b) => Math.trunc(f32(f32(a * own) + f32(b * others)));
}

const FIELDS = {
  grayscale: [{ shift: 0, most: 0xff }],
  rgb565: [
    { shift: 11, most: 0x1f },
    { shift: 5, most: 0x3f },
    { shift: 0, most: 0x1f },
  ],
} as const;

/** Combines an image, in place, with pixels of its format: those of another image, or one for all. */
export function combine(image: Raster, otherAt: (at: number) => number, combination: Combination): void {
  const fields = FIELDS[image.format];
  const count = image.width * image.height;
  for (let at = 0; at < count; at++) {
    const [own, other] = [image.pixels[at], otherAt(at)];
    let packed = 0;
    for (const { shift, most } of fields) {
      packed |= (combination((own >> shift) & most, (other >> shift) & most, most) & most) << shift;
    }
    image.pixels[at] = packed;
  }
}

/** `img.mean(size)`: each field becomes its mean, rounded down, over a box whose border pixels repeat (imlib_mean_filter). */
export function meanFilter(image: Raster, reach: number): void {
  const { width, height, pixels } = image;
  const before = pixels.slice(0, width * height);
  const inside = (value: number, most: number) => Math.min(Math.max(value, 0), most - 1);
  const box = (2 * reach + 1) ** 2;
  for (let at = 0; at < width * height; at++) {
    const [x, y] = [at % width, Math.floor(at / width)];
    let packed = 0;
    for (const { shift, most } of FIELDS[image.format]) {
      let sum = 0;
      for (let dy = -reach; dy <= reach; dy++) {
        const row = inside(y + dy, height) * width;
        for (let dx = -reach; dx <= reach; dx++) sum += (before[row + inside(x + dx, width)] >> shift) & most;
      }
      packed |= Math.trunc(sum / box) << shift;
    }
    pixels[at] = packed;
  }
}
