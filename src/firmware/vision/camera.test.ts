import { describe, expect, test } from 'vitest';
import { readPng } from '../../pictures/png.ts';
import type { Frame } from '../hardware/devices.ts';
import { GuestError } from '../guest-error.ts';
import { Camera, seePicture } from './camera.ts';
import { makeImage } from './guest-image.ts';
import { loadImage } from './load-image.ts';
import { Screen } from './screen.ts';

class Files extends Map<string, Uint8Array> {
  readFile(path: string): Uint8Array | undefined {
    return this.get(path);
  }
}

const grey = (width: number, pixels: number[]): Frame => ({
  ...{ width, height: pixels.length / width, channels: 1, pixels: Uint8Array.from(pixels) },
});
const windowOf = (width: number, height: number) => ({ x: 0, y: 0, width, height });
const settings = { format: 'grayscale' as const, mirrors: false, flips: false };
const see = (picture: Frame, width: number, height: number, more: object = {}) => [
  ...seePicture(picture, { ...settings, window: windowOf(width, height), ...more }, 'maixpy').pixels,
];

describe('what the camera sees of a picture', () => {
  const four = grey(2, [1, 2, 3, 4]);

  test.each([
    ['the size of the window: untouched', four, 2, 2, [1, 2, 3, 4]],
    ['half the size: each pixel four times', four, 4, 4, [1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4]],
    ['a wide window: the border goes on at the sides', four, 4, 2, [1, 1, 2, 2, 3, 3, 4, 4]],
    ['a high window: the sides are cut off', four, 2, 4, [1, 2, 1, 2, 3, 4, 3, 4]],
    ['a larger picture: the nearest pixels', grey(4, [1, 2, 3, 4, 5, 6, 7, 8]), 2, 1, [1, 3]],
  ])('%s', (_, picture, width, height, pixels) => {
    expect(see(picture, width, height)).toEqual(pixels);
  });

  test('mirrored and upside down', () => {
    expect(see(four, 2, 2, { mirrors: true })).toEqual([2, 1, 4, 3]);
    expect(see(four, 2, 2, { flips: true })).toEqual([3, 4, 1, 2]);
  });

  test('RGB565 keeps the high bits of grey; a colour in a grey frame passes through RGB565', () => {
    expect(see(four, 2, 2, { format: 'rgb565' })).toEqual([0, 0, 0, 1 << 5]);
    const red: Frame = { width: 1, height: 1, channels: 3, pixels: Uint8Array.of(255, 0, 0) };
    expect(see(red, 1, 1)).toEqual([76]);
  });
});

test('pictures come round', () => {
  const frames = [grey(1, [1]), grey(1, [2])];
  const camera = new Camera({ count: 2, nameOf: String, frame: (index) => frames[index] });
  expect([0, 1, 2].map(() => camera.takePicture().pixels[0])).toEqual([1, 2, 1]);
});

describe('the screen', () => {
  const shown = (screen: Screen) => readPng(screen.png()!, 'screen');
  const white = makeImage(2, 2, 'grayscale');
  white.pixels.fill(255);
  const whole = { x: 0, y: 0, width: 2, height: 2 };
  const row = (screen: Screen, y: number) => {
    const { pixels, width } = shown(screen);
    return Array.from({ length: width }, (_, x) => pixels[3 * (y * width + x)]);
  };

  test('is absent until it is opened, then all of one colour', () => {
    const screen = new Screen('maixpy');
    expect(screen.png()).toBeUndefined();
    screen.open(3, 2, 0xf800);
    expect(shown(screen)).toMatchObject({ width: 3, height: 2, channels: 3 });
    expect([...shown(screen).pixels.subarray(0, 3)]).toEqual([255, 0, 0]);
  });

  test('shows an image in the middle with black about it, or at its offset', () => {
    const screen = new Screen('maixpy');
    screen.open(4, 2, 0xffff);
    screen.display(white, whole, null);
    expect(row(screen, 0)).toEqual([0, 255, 255, 0]);
    screen.clear(0);
    screen.display(white, whole, { x: 3, y: 1 });
    expect([row(screen, 0), row(screen, 1)]).toEqual([
      [0, 0, 0, 0],
      [0, 0, 0, 255],
    ]);
  });

  test('shows the middle of what is larger, mirrored where it is told to', () => {
    const screen = new Screen('maixpy');
    screen.open(2, 1, 0);
    const wide = makeImage(4, 1, 'grayscale');
    wide.pixels.set([0, 255, 0, 0]);
    screen.display(wide, { x: 0, y: 0, width: 4, height: 1 }, null);
    expect(row(screen, 0)).toEqual([255, 0]);
    screen.isMirrored = true;
    expect(row(screen, 0)).toEqual([0, 255]);
  });

  test('keeps its last picture when it is switched off', () => {
    const screen = new Screen('maixpy');
    screen.open(1, 1, 0xffff);
    screen.close();
    expect([...shown(screen).pixels]).toEqual([255, 255, 255]);
  });
});

describe('pictures from files', () => {
  const latin = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
  /** A BMP of 2 x 2 pixels; rows stand from below, padded to four bytes. */
  const bmp = (bits: number, rows: number[]) => {
    const bytes = new Uint8Array(54 + rows.length);
    const view = new DataView(bytes.buffer);
    bytes.set(latin('BM'));
    for (const [at, value] of [[10, 54], [14, 40], [18, 2], [22, 2]]) view.setUint32(at, value, true); // prettier-ignore
    view.setUint16(28, bits, true);
    bytes.set(rows, 54);
    return bytes;
  };
  const load = (bytes: Uint8Array) => loadImage(new Files([['/sd/a', bytes]]), 'a', 'openmv');

  test.each([
    ['PGM', latin('P2 2 1 255 7 9'), 'grayscale', [7, 9]],
    ['PPM', latin('P3 1 1 255 255 0 0'), 'rgb565', [0xf800]],
    ['BMP of 8 bits', bmp(8, [3, 4, 0, 0, 1, 2, 0, 0]), 'grayscale', [1, 2, 3, 4]],
    ['BMP of 16 bits', bmp(16, [3, 0, 4, 0, 1, 0, 2, 1]), 'rgb565', [1, 258, 3, 4]],
    ['BMP of 24 bits', bmp(24, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 0, 0, 0, 0]), 'rgb565', [0xf800, 0x001f, 0, 0]], // prettier-ignore
  ])('%s', (_, bytes, format, pixels) => {
    const image = load(bytes);
    expect([image.format, [...image.pixels]]).toEqual([format, pixels]);
  });

  test.each([
    ['no file', undefined, 'OSError', 'a'],
    ['a JPEG', Uint8Array.of(0xff, 0xd8, 0xff), 'NotImplementedError', /JPEG is not modelled/],
    ['a BMP cut short', bmp(24, [0]), 'OSError', /^a: cut short/],
    ['a BMP of 4 bits', bmp(4, [0, 0, 0, 0, 0, 0, 0, 0]), 'OSError', /4 bits a pixel/],
    ['no picture', latin('hello'), 'OSError', /no PGM or PPM/],
  ])('%s raises', (_, bytes, kind, message) => {
    const attempt = () => loadImage(new Files(bytes ? [['/flash/a', bytes]] : []), 'a', 'openmv');
    expect(attempt).toThrow(GuestError);
    expect(attempt).toThrow(expect.objectContaining({ kind }));
    expect(attempt).toThrow(message);
  });
});
