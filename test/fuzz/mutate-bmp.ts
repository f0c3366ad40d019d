import { below, mutateBytes, pick, type Draw } from './mutate.ts';

const FILE_HEADER_BYTES = 14;
/** Of OS/2, Windows 3, with masks, OS/2 2, Windows 4 and 5: biSize says which it is. */
const HEADERS = [12, 40, 40, 40, 40, 52, 56, 64, 108, 124];
const BITS = [1, 4, 8, 8, 16, 16, 24, 24, 32];
/** BI_RGB, RLE8, RLE4, BITFIELDS, JPEG, PNG, ALPHABITFIELDS, and what is none. */
const COMPRESSIONS = [0, 0, 0, 3, 3, 1, 2, 4, 5, 6, 7, 0xffffffff];
const ODD = [0, 1, 2, 0x7fff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff];

interface Bmp {
  headerBytes: number;
  width: number;
  /** Below 0 where rows go from the top. */
  height: number;
  planes: number;
  bits: number;
  compression: number;
  /** Entries of the palette that are there, and how many the header says. */
  colours: number;
  saidColours: number;
  /** Bytes between palette and pixels, below 0 where the pixels are said to begin before it ends. */
  gapBytes: number;
  /** Bytes of a row, and how many more or less than all of them there are. */
  rowBytes: number;
  moreBytes: number;
}

/** One that its fields fit, of a kind that not everybody reads. */
function goodBmp(draw: Draw): Bmp {
  const bits = pick(draw, BITS);
  const [width, height] = [1 + below(draw, draw() % 8 ? 20 : 2000), 1 + below(draw, 20)];
  const colours = bits <= 8 ? 2 ** bits : bits === 16 ? 3 : 0;
  return {
    ...{ headerBytes: pick(draw, HEADERS), width, height: draw() % 2 ? height : -height, planes: 1, bits },
    ...{ compression: bits === 16 && draw() % 2 ? 3 : 0, colours, saidColours: draw() % 2 ? colours : 0 },
    ...{
      gapBytes: draw() % 4 ? 0 : below(draw, 9),
      rowBytes: Math.ceil((width * bits) / 32) * 4,
      moreBytes: 0,
    },
  };
}

const CHANGES: readonly ((bmp: Bmp, draw: Draw) => void)[] = [
  (bmp, draw) => (bmp.headerBytes = draw() % 2 ? below(draw, 130) : pick(draw, ODD)),
  (bmp, draw) => (bmp.width = draw() % 2 ? bmp.width + below(draw, 9) - 4 : pick(draw, ODD)),
  (bmp, draw) => (bmp.height = draw() % 2 ? bmp.height + below(draw, 9) - 4 : pick(draw, ODD)),
  (bmp, draw) => (bmp.planes = pick(draw, ODD)),
  (bmp, draw) => (bmp.bits = draw() % 2 ? pick(draw, BITS) : below(draw, 70)),
  (bmp, draw) => (bmp.compression = pick(draw, COMPRESSIONS)),
  (bmp, draw) => (bmp.colours = below(draw, 300)),
  (bmp, draw) => (bmp.saidColours = draw() % 2 ? below(draw, 300) : pick(draw, ODD)),
  (bmp, draw) => (bmp.gapBytes = draw() % 2 ? below(draw, 80) - 60 : pick(draw, ODD)),
  // Rows that are not padded to four bytes.
  (bmp) => (bmp.rowBytes = Math.ceil((bmp.width * bmp.bits) / 8)),
  (bmp, draw) => (bmp.moreBytes = below(draw, 9) - 4),
  (bmp, draw) => (bmp.moreBytes = -below(draw, Math.max(1, bmp.rowBytes * Math.abs(bmp.height)))),
];

const MOST_BYTES = 900_000;

/** What the fields say, whether they fit or not; pixels are the seed's bytes, over and over. */
function bytesOf(bmp: Bmp, seed: Uint8Array, dataBytes: number): Uint8Array {
  const palette = FILE_HEADER_BYTES + Math.min(bmp.headerBytes, 124);
  const start = palette + 4 * bmp.colours;
  const bytes = new Uint8Array(
    Math.max(start + Math.min(Math.max(bmp.gapBytes, 0), 80) + dataBytes, FILE_HEADER_BYTES),
  );
  for (let at = palette; at < bytes.length; at++) bytes[at] = seed[at % seed.length]!;
  const wide = new Uint8Array(bytes.length + 64);
  const view = new DataView(wide.buffer);
  wide.set([0x42, 0x4d]);
  view.setUint32(2, bytes.length, true);
  view.setUint32(10, start + bmp.gapBytes, true);
  view.setUint32(14, bmp.headerBytes, true);
  if (bmp.headerBytes === 12) {
    [bmp.width, bmp.height, bmp.planes, bmp.bits].forEach((word, at) =>
      view.setUint16(18 + 2 * at, word, true),
    );
  } else {
    view.setInt32(18, bmp.width, true);
    view.setInt32(22, bmp.height, true);
    view.setUint16(26, bmp.planes, true);
    view.setUint16(28, bmp.bits, true);
    view.setUint32(30, bmp.compression, true);
    view.setUint32(34, dataBytes, true);
    view.setUint32(46, bmp.saidColours, true);
  }
  bytes.set(wide.subarray(0, Math.min(palette, bytes.length)));
  return bytes;
}

/** A BMP whose header, palette, offsets and rows fit each other, or of which one or a few do not. */
export function mutateBmp(seed: Uint8Array, draw: Draw): Uint8Array {
  if (draw() % 8 === 0) return mutateBytes(seed, draw);
  const bmp = goodBmp(draw);
  const dataBytes = bmp.rowBytes * Math.abs(bmp.height);
  for (let left = below(draw, 4) - 1; left > 0; left--) pick(draw, CHANGES)(bmp, draw);
  const rows = bmp.rowBytes * Math.min(Math.abs(bmp.height), 40);
  const all = Math.max(0, Math.min(rows || dataBytes, MOST_BYTES) + bmp.moreBytes);
  const bytes = bytesOf(bmp, seed, all);
  return draw() % 8 ? bytes : mutateBytes(bytes, draw);
}
