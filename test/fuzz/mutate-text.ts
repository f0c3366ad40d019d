import { below, mutateBytes, pick, type Draw } from './mutate.ts';

// Byte for byte, so that what is not text stays as it is.
const lettersOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const bytesOf = (letters: string): Uint8Array => Uint8Array.from(Buffer.from(letters, 'latin1'));

const PIECE = /\d+(?:\.\d+)?|[A-Za-z_]+|\s+|[^\sA-Za-z_\d]/g;
const WORDS = [
  ...[
    '0',
    '1',
    '-1',
    '2',
    '7',
    '255',
    '65535',
    '65536',
    '4294967295',
    '99999999999',
    '1e9',
    '1e999',
    '0.5',
    '1.5e-9',
    'NaN',
    'Infinity',
  ],
  ...[
    ' ',
    '\n',
    '\r\n',
    '\t',
    '"',
    "'",
    ',',
    ';',
    ':',
    '#',
    '$',
    '(',
    ')',
    '\0',
    '\xff',
    '\xef\xbb\xbf',
    '__proto__',
    'x'.repeat(300),
  ],
];

/**
 * A file of words and numbers with a few of them changed, moved or doubled, lines among them; some have their bytes mixed up
 * like any other file.
 */
export function mutateText(seed: Uint8Array, draw: Draw): Uint8Array {
  if (draw() % 8 === 0) return mutateBytes(seed, draw);
  const lines = lettersOf(seed).split('\n');
  for (let left = draw() % 2 ? 1 : 1 + below(draw, 5); left > 0; left--) {
    const at = below(draw, lines.length);
    const kind = below(draw, 10);
    if (kind === 0) lines.splice(at, 1);
    else if (kind === 1) lines.splice(below(draw, lines.length + 1), 0, lines[at] ?? '');
    else {
      const pieces = lines[at]?.match(PIECE) ?? [''];
      const own = pick(draw, pick(draw, lines)?.match(PIECE) ?? ['']);
      pieces.splice(
        below(draw, pieces.length),
        kind % 3,
        ...(kind === 2 ? [] : [draw() % 2 ? own : pick(draw, WORDS)]),
      );
      lines[at] = pieces.join('');
    }
  }
  return bytesOf(lines.join('\n'));
}

/** A .npy file whose header is other words, of the length that it says; or any other bytes. */
export function mutateNpy(seed: Uint8Array, draw: Draw): Uint8Array {
  const from = 10;
  if (seed.length < from || draw() % 6 === 0) return mutateBytes(seed, draw);
  const end = Math.min(seed.length, from + new DataView(seed.buffer, seed.byteOffset).getUint16(8, true));
  const header = mutateText(seed.subarray(from, end), draw);
  const bytes = Uint8Array.from([...seed.subarray(0, from), ...header, ...seed.subarray(end)]);
  new DataView(bytes.buffer).setUint16(8, header.length, true);
  return bytes;
}

/** An IDX file: few sides, most of them small, and data that are as long, or nearly. */
export function mutateIdx(seed: Uint8Array, draw: Draw): Uint8Array {
  if (draw() % 4 === 0) return mutateBytes(seed, draw);
  const sides = Array.from({ length: below(draw, 6) }, () =>
    draw() % 12 ? below(draw, 6) : pick(draw, [65535, 2 ** 31, 2 ** 32 - 1]),
  );
  const count = sides.reduce((all, side) => all * side, 1);
  const data = count < 10_000 && draw() % 4 ? count : below(draw, 40);
  const bytes = new Uint8Array(4 + 4 * sides.length + data);
  bytes.set([0, 0, draw() % 8 ? 8 : below(draw, 16), draw() % 8 ? sides.length : below(draw, 256)]);
  const view = new DataView(bytes.buffer);
  for (const [at, side] of sides.entries()) view.setUint32(4 + 4 * at, side);
  return bytes;
}
