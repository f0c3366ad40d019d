const WHITE = [0.95047, 1, 1.08883] as const;
const COLOURS = 65536;

/** The linear share of a byte of sRGB. */
function linear(byte: number): number {
  const share = byte / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}

function compressed(share: number): number {
  return share > 0.008856 ? Math.cbrt(share) : 7.787037 * share + 0.137931;
}

/** L, A and B of one RGB565 pixel: sRGB to CIE XYZ at D65 to CIELAB, whole numbers (OpenMV tools/gen_rgb2lab.py). */
function convert(pixel: number): [number, number, number] {
  const byteOf = (bits: number, most: number) => Math.floor((bits * 255 + most / 2) / most);
  const red = linear(byteOf(pixel >> 11, 31));
  const green = linear(byteOf((pixel >> 5) & 63, 63));
  const blue = linear(byteOf(pixel & 31, 31));
  const x = compressed((0.4124 * red + 0.3576 * green + 0.1805 * blue) / WHITE[0]);
  const y = compressed((0.2126 * red + 0.7152 * green + 0.0722 * blue) / WHITE[1]);
  const z = compressed((0.0193 * red + 0.1192 * green + 0.9505 * blue) / WHITE[2]);
  return [Math.round(116 * y) - 16, Math.round(500 * (x - y)), Math.round(200 * (y - z))];
}

let table: Int8Array | undefined;

/** L, A and B of every pixel, one after the other, as the firmware's table has them; made when first asked for. */
export function labTable(): Int8Array {
  if (table) return table;
  const made = new Int8Array(3 * COLOURS);
  for (let pixel = 0; pixel < COLOURS; pixel++) made.set(convert(pixel), 3 * pixel);
  return (table = made);
}
