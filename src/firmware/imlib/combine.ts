import { f32 } from './float32.ts';
import { FIELDS, type Raster } from './raster.ts';

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
