import { f32 } from './float32.ts';
import { FIELDS, type Raster } from './raster.ts';

const BITS = new DataView(new ArrayBuffer(4));
/** What fast_powf of imlib (fmath.c) takes for the logarithm of 1 among the bits of a float. */
const BITS_OF_ONE = 1064866805;

/** fast_powf of imlib: the power by the bits of the float, within some percent. */
function fastPower(base: number, exponent: number): number {
  BITS.setFloat32(0, base);
  const power = f32(f32(f32(exponent) * f32(BITS.getInt32(0) - BITS_OF_ONE)) + f32(BITS_OF_ONE));
  BITS.setInt32(0, Math.min(Math.max(Math.trunc(power), -(2 ** 31)), 2 ** 31 - 1));
  return BITS.getFloat32(0);
}

/**
 * `img.gamma_corr(gamma, contrast, brightness)`: each field, as a part of its most, to the power of 1 / gamma, times the
 * contrast, and brightness added. Source: imlib_gamma_corr of openmv/openmv v3.9 (src/omv/imlib/mathop.c), in float32.
 */
export function correctGamma(image: Raster, gamma: number, contrast: number, brightness: number): void {
  const exponent = gamma === 0 ? 0 : f32(1 / f32(gamma));
  const fields = FIELDS[image.format].map(({ shift, most }) => {
    const table = Array.from({ length: most + 1 }, (_, value) => {
      const power = fastPower(f32(value * f32(1 / most)), exponent);
      const bright = f32(f32(f32(power * f32(contrast)) + f32(brightness)) * most);
      return Math.min(Math.max(Math.trunc(bright), 0), most);
    });
    return { shift, most, table };
  });
  const { pixels } = image;
  for (let at = 0; at < image.width * image.height; at++) {
    let packed = 0;
    for (const { shift, most, table } of fields) packed |= table[(pixels[at] >> shift) & most] << shift;
    pixels[at] = packed;
  }
}
