import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FormatError } from '../errors.ts';
import { encodeJpeg } from './jpeg.ts';
import { MAX_PIXELS } from './image.ts';
import { readPicture } from './read-picture.ts';

const golden = (name: string) => new Uint8Array(readFileSync(`test/golden/jpeg/${name}`));
const sizeOf = ({ width, height, channels }: ReturnType<typeof readPicture>) => [width, height, channels];

/** The first byte of the frame header after its length: samples' bits, height, width, components. */
function frameAt(jpeg: Uint8Array): number {
  return jpeg.findIndex((byte, at) => byte === 0xff && [0xc0, 0xc2].includes(jpeg[at + 1])) + 4;
}

function refusal(bytes: Uint8Array): string {
  try {
    readPicture(bytes, 'x.jpg');
  } catch (error) {
    return error instanceof FormatError ? error.message : `not of the user: ${String(error)}`;
  }
  return 'read';
}

// Another inverse transform rounds otherwise; the standard's own bound on one is a step.
test.each(['halved-colours', 'progressive', 'restarts', 'grey'])(
  '%s: no pixel is more than 2 from what libjpeg-turbo makes of it',
  (name) => {
    const ours = readPicture(golden(`${name}.jpg`), name);
    const theirs = readPicture(golden(`${name}.${name === 'grey' ? 'pgm' : 'ppm'}`), name);
    expect(sizeOf(ours)).toEqual(sizeOf(theirs));
    expect(
      Math.max(...ours.pixels.map((value, at) => Math.abs(value - theirs.pixels[at]))),
    ).toBeLessThanOrEqual(2);
  },
);

test('a JPEG cut short anywhere, or with any byte wrong, is read or refused in one line that begins with its name', () => {
  const good = golden('progressive.jpg');
  const cut = Array.from(good, (_, length) => refusal(good.subarray(0, length + 1))).slice(1, -2);
  const flipped = Array.from(good, (_, at) =>
    refusal(good.map((byte, here) => (here === at ? byte ^ 0xff : byte))),
  );
  expect(cut.filter((text) => !/^x\.jpg: is a damaged JPEG \(.+\); get it again$/.test(text))).toEqual([]);
  expect(flipped.filter((text) => text !== 'read' && !/^x\.jpg: [^\n]+$/.test(text))).toEqual([]);
});

test('what the header promises is judged before anything is decoded', () => {
  const big = golden('progressive.jpg');
  const at = frameAt(big);
  big.set([8, 0xff, 0xff, 0xff, 0xff], at);
  expect(refusal(big)).toBe(`x.jpg: 65535x65535 pixels cannot be read; at most ${MAX_PIXELS} in all`);
  big.set([12, 0, 8, 0, 8], at);
  expect(refusal(big)).toBe('x.jpg: a JPEG of 12 bits a sample; 8 are read');
  big.set([8, 0, 0, 0, 8], at);
  expect(refusal(big)).toMatch('8x0 pixels cannot be read');
});

test('a file of a thousand scans and kinds that are not read are refused by name', () => {
  const scans = new Uint8Array([...golden('progressive.jpg'), ...Array(1000).fill([0xff, 0xda]).flat()]);
  expect(refusal(scans)).toMatch(/^x\.jpg: a JPEG of 10\d\d scans; at most 64 are read$/);
  expect(refusal(golden('arithmetic.jpg'))).toMatch(/^x\.jpg: is a lossless or arithmetic JPEG/);
});

test.each([1, 3] as const)(
  'a picture of %i channels comes back from the best quality within 3 of 255',
  (channels) => {
    const pixels = Uint8Array.from({ length: 16 * 12 * channels }, (_, at) => (at * 7) % 200);
    const smooth = pixels.map((_, at) => Math.floor(at / channels) % 160);
    const back = readPicture(encodeJpeg({ width: 16, height: 12, channels, pixels: smooth }, 100), 'x.jpg');
    expect([back.width, back.height, back.channels]).toEqual([16, 12, 3]);
    const far = smooth.map((value, at) => Math.abs(value - back.pixels[channels === 1 ? 3 * at : at]));
    expect(Math.max(...far)).toBeLessThanOrEqual(3);
  },
);

test('a better quality makes a longer file', () => {
  const pixels = Uint8Array.from({ length: 32 * 32 * 3 }, (_, at) => (at * at) % 251);
  const [poor, good] = [10, 90].map((percent) =>
    encodeJpeg({ width: 32, height: 32, channels: 3, pixels }, percent),
  );
  expect(good.length).toBeGreaterThan(poor.length);
});
