import { decode, encode, type IndexedColors } from 'fast-png';

const MOST_COLOURS = 256;
/** Square of the distance from which colours are told apart: text is soft at its edges, in many near greys. */
const NEAR = 36;

type Colour = readonly [number, number, number];

const keyOf = (data: ArrayLike<number>, at: number) =>
  data[at]! * 65536 + data[at + 1]! * 256 + data[at + 2]!;
const colourOf = (key: number): Colour => [Math.floor(key / 65536), Math.floor(key / 256) % 256, key % 256];
const distance = (a: Colour, b: Colour) => (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2;

function nearest(colour: Colour, palette: readonly Colour[]): readonly [index: number, distance: number] {
  let [index, least] = [0, Infinity];
  palette.forEach((one, at) => {
    const here = distance(one, colour);
    if (here < least) [index, least] = [at, here];
  });
  return [index, least];
}

/** The colours that occur most, but those that one of them is near already. */
function paletteOf(counts: ReadonlyMap<number, number>): Colour[] {
  const palette: Colour[] = [];
  for (const [key] of [...counts].sort((a, b) => b[1] - a[1])) {
    const colour = colourOf(key);
    if (nearest(colour, palette)[1] > NEAR) palette.push(colour);
    if (palette.length === MOST_COLOURS) break;
  }
  return palette;
}

/** A screenshot in at most 256 colours: a page of flat areas and text looks the same in a third of the bytes. */
export function fewColours(png: Uint8Array): Uint8Array {
  const { width, height, data, channels } = decode(png);
  const counts = new Map<number, number>();
  for (let at = 0; at < data.length; at += channels) {
    const key = keyOf(data, at);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const palette = paletteOf(counts);
  const indexOf = new Map([...counts.keys()].map((key) => [key, nearest(colourOf(key), palette)[0]]));
  const pixels = Uint8Array.from({ length: width * height }, (_, at) =>
    indexOf.get(keyOf(data, at * channels))!,
  );
  return encode({
    ...{ width, height, data: pixels, channels: 1, depth: 8 },
    palette: palette.map((colour) => [...colour]) as IndexedColors,
  });
}
