/** Pixels of a camera's frame: grey bytes, or 16 bits of red 5, green 6, blue 5. */
interface Frame {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array | Uint16Array;
}

const FILE_HEADER_BYTES = 14;
const INFO_BYTES = 40;
const GREYS = 256;
const MASKS = [0x1f << 11, 0x3f << 5, 0x1f] as const;
const BIT_FIELDS = 3;

/**
 * A frame as a BMP as imlib writes it: grey with a palette of greys, colours in 16 bits with their masks; a negative height,
 * since rows go from the top.
 */
export function encodeBmp({ width, height, pixels }: Frame): Uint8Array {
  const isGrey = pixels instanceof Uint8Array;
  const bits = isGrey ? 8 : 16;
  const tableBytes = 4 * (isGrey ? GREYS : MASKS.length);
  const start = FILE_HEADER_BYTES + INFO_BYTES + tableBytes;
  const rowBytes = Math.ceil((width * bits) / 32) * 4;
  const bytes = new Uint8Array(start + rowBytes * height);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  view.setUint32(2, bytes.length, true);
  view.setUint32(10, start, true);
  view.setUint32(14, INFO_BYTES, true);
  view.setInt32(18, width, true);
  view.setInt32(22, -height, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, bits, true);
  view.setUint32(30, isGrey ? 0 : BIT_FIELDS, true);
  view.setUint32(34, rowBytes * height, true);
  const table = FILE_HEADER_BYTES + INFO_BYTES;
  if (isGrey)
    for (let grey = 0; grey < GREYS; grey++) bytes.fill(grey, table + 4 * grey, table + 4 * grey + 3);
  else MASKS.forEach((mask, index) => view.setUint32(table + 4 * index, mask, true));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = start + y * rowBytes;
      if (isGrey) bytes[at + x] = pixels[y * width + x];
      else view.setUint16(at + 2 * x, pixels[y * width + x], true);
    }
  }
  return bytes;
}
