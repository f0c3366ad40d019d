import { SpecError } from '../errors.ts';
import type { Image } from '../pictures/image.ts';
import { resizeBilinear } from '../pictures/resize-image.ts';

/** Width and height of MNIST's images, which the drawing pad has too. */
export const PAD_SIDE = 28;
const WHITE = 255;

/** The picture moved by whole pixels so that its centre of mass lies in the middle, as MNIST's were. */
function centred(pixels: Float64Array): Float64Array {
  let [mass, x, y] = [0, 0, 0];
  pixels.forEach((ink, at) => {
    mass += ink;
    x += ink * (at % PAD_SIDE);
    y += ink * Math.floor(at / PAD_SIDE);
  });
  if (mass === 0) return pixels;
  const middle = (PAD_SIDE - 1) / 2;
  const [right, down] = [Math.round(middle - x / mass), Math.round(middle - y / mass)];
  const moved = new Float64Array(pixels.length);
  pixels.forEach((ink, at) => {
    const [column, row] = [(at % PAD_SIDE) + right, Math.floor(at / PAD_SIDE) + down];
    if (column >= 0 && column < PAD_SIDE && row >= 0 && row < PAD_SIDE) moved[row * PAD_SIDE + column] = ink;
  });
  return moved;
}

/**
 * A drawing of 28 x 28 pixels, 0 (paper) to 1 (ink), as the picture of `side` pixels that the network of the paper is
 * given: centred, resized as the authors' notebook does (bilinear), in bytes. Throws a SpecError for another size.
 */
export function digitPicture(ink: ArrayLike<number>, side: number): Image {
  if (ink.length !== PAD_SIDE * PAD_SIDE) {
    throw new SpecError(`a drawing has ${PAD_SIDE} x ${PAD_SIDE} pixels, got ${ink.length}`);
  }
  const source = { pixels: centred(Float64Array.from(ink)), height: PAD_SIDE, width: PAD_SIDE };
  const target = { pixels: new Float32Array(side * side), height: side, width: side };
  resizeBilinear(source, target);
  const pixels = Uint8Array.from(target.pixels, (value) =>
    Math.round(WHITE * Math.min(1, Math.max(0, value))),
  );
  return { width: side, height: side, channels: 1, pixels };
}
