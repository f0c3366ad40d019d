import { deflateSync } from 'node:zlib';
import { encode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { readPicture } from './read-picture.ts';

const latin = (text: string) => Uint8Array.from(text, (sign) => sign.charCodeAt(0));
const read = (bytes: Uint8Array) => {
  const { width, height, channels, pixels } = readPicture(bytes, 'x');
  return { width, height, channels, pixels: [...pixels] };
};

describe('netpbm pictures', () => {
  test.each([
    ['P2 with a comment', 'P2\n# a\n2 1 # b\n255\n7 9', 1, [7, 9]],
    ['P3', 'P3 1 2 255 1 2 3 4 5 6', 3, [1, 2, 3, 4, 5, 6]],
    ['P5', 'P5\n2 1\n255\n\x07\x09', 1, [7, 9]],
    ['P5, first pixel a line end', 'P5 2 1 255 \n\x09', 1, [10, 9]],
    ['P6', 'P6\n1 1\n255\n\x01\x02\x03', 3, [1, 2, 3]],
    ['P5 of 16 bits', 'P5\n2 1\n65535\n\xff\xff\x80\x00', 1, [255, 128]],
    ['P2 up to 15', 'P2 3 1 15 0 5 15', 1, [0, 85, 255]],
  ])('%s', (_, text, channels, pixels) => {
    expect(read(latin(text))).toMatchObject({ channels, pixels });
  });

  test.each([
    ['no PGM or PPM', 'hello'],
    ['no PGM or PPM', ''],
    ['its width is missing', 'P5\n'],
    ['its largest value is missing', 'P5\n2 2\n'],
    ['value 3 is missing', 'P2 2 2 255 1 2 3'],
    ['value 1 is above the largest, 15', 'P2 2 1 15 3 16'],
    ['holds 3 bytes of pixels, its header promises 4', 'P5 2 2 255 abc'],
    ['99999x99999 pixels cannot be read', 'P5 99999 99999 255 a'],
    ['0x4 pixels cannot be read', 'P5 0 4 255 a'],
    ['the largest value 70000 is not', 'P5 1 1 70000 a'],
  ])('%s', (message, text) => {
    expect(() => readPicture(latin(text), 'x.pgm')).toThrow(new RegExp(`^x\\.pgm: [^\\n]*${message}`));
  });
});

describe('PNG', () => {
  const png = (channels: number, data: number[], depth: 8 | 16 = 8) =>
    encode({
      width: 2,
      height: 1,
      channels,
      depth,
      data: depth === 16 ? Uint16Array.from(data) : Uint8Array.from(data),
    });

  test.each([
    ['grey', png(1, [7, 9]), 1, [7, 9]],
    ['grey with alpha, which is left out', png(2, [7, 0, 9, 255]), 1, [7, 9]],
    ['colours', png(3, [1, 2, 3, 4, 5, 6]), 3, [1, 2, 3, 4, 5, 6]],
    ['colours with alpha', png(4, [1, 2, 3, 0, 4, 5, 6, 9]), 3, [1, 2, 3, 4, 5, 6]],
    ['16 bits, of which the high byte is kept', png(1, [0x1234, 0xff00], 16), 1, [0x12, 0xff]],
  ])('%s', (_, bytes, channels, pixels) => {
    expect(read(bytes)).toEqual({ width: 2, height: 1, channels, pixels });
  });

  /** A PNG with another chunk behind its header; its checksum is not looked at. */
  const withChunk = (bytes: Uint8Array, type: string, data: Uint8Array) => {
    const chunk = Buffer.alloc(12 + data.length);
    chunk.writeUInt32BE(data.length);
    chunk.write(type, 4, 'latin1');
    chunk.set(data, 8);
    return Uint8Array.from([...bytes.subarray(0, 33), ...chunk, ...bytes.subarray(33)]);
  };

  test('what is packed beside the pixels is not unpacked', () => {
    const profile = Uint8Array.from([...latin('name\0\0'), ...deflateSync(new Uint8Array(1e6))]);
    expect(read(withChunk(png(1, [7, 9]), 'iCCP', profile)).pixels).toEqual([7, 9]);
  });

  test('pixels that unpack to more than the header says are refused', () => {
    const bytes = png(1, [7, 9]);
    const header = bytes.subarray(0, 33);
    const bomb = withChunk(
      Uint8Array.from([...header, ...bytes.subarray(-12)]),
      'IDAT',
      deflateSync(new Uint8Array(1e5)),
    );
    expect(() => readPicture(bomb, 'x')).toThrow('x: holds more than the pixels that its header promises');
  });

  test('more samples than 16 million pixels of 8 bits have are refused by the header', () => {
    const bytes = png(4, [1, 2, 3, 4, 5, 6, 7, 8], 16);
    new DataView(bytes.buffer, bytes.byteOffset).setUint32(16, 4096);
    new DataView(bytes.buffer, bytes.byteOffset).setUint32(20, 4096);
    expect(() => readPicture(bytes, 'x')).toThrow(
      'x: 4096x4096 pixels of 4 samples of 16 bits cannot be read',
    );
  });

  test('a second header, which the decoder would believe unseen, is refused, and one that is not first', () => {
    const good = png(1, [7, 9]);
    const second = withChunk(good, 'IHDR', Uint8Array.of(16, 0, 0, 8, 0, 0, 0, 8, 8, 2, 0, 0, 0));
    const why = 'x: is a damaged PNG (its header is not first and alone)';
    expect(() => readPicture(second, 'x')).toThrow(why);
    // The text has width and height where a header would have them.
    const sides = Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0);
    const text = withChunk(good, 'tEXt', sides).subarray(33, 33 + 12 + sides.length);
    const late = Uint8Array.from([...good.subarray(0, 8), ...text, ...good.subarray(8)]);
    expect(() => readPicture(late, 'x')).toThrow(why);
  });

  // 3x2 pixels of 1 bit, rows 101 and 010, made with zlib and struct of Python after the PNG specification.
  const PACKED = {
    grey: 'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACAQAAAAC1D1u3AAAADElEQVR4nGNYwOAAAAIkAOFz6zvyAAAAAElFTkSuQmCC',
    palette:
      'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACAQMAAACnuvRZAAAABlBMVEUBAgP6+/z9XuajAAAADElEQVR4nGNYwOAAAAIkAOFz6zvyAAAAAElFTkSuQmCC',
  };

  test.each([
    ['grey', PACKED.grey, [255], [0]],
    ['a palette', PACKED.palette, [250, 251, 252], [1, 2, 3]],
  ])('1 bit a pixel: %s', (_, base64, one, zero) => {
    const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
    const pixels = [one, zero, one, zero, one, zero].flat();
    expect(read(bytes)).toEqual({ width: 3, height: 2, channels: one.length, pixels });
  });

  test('a damaged file and one that promises too many pixels are refused by name', () => {
    const good = png(1, [7, 9]);
    expect(() => readPicture(good.subarray(0, 40), 'x.png')).toThrow(/^x\.png: is a damaged PNG/);
    expect(() => readPicture(good.subarray(0, 12), 'x.png')).toThrow(/^x\.png: truncated in its header/);
    const flipped = good.map((byte, at) => (at === 45 ? byte ^ 1 : byte));
    expect(() => readPicture(flipped, 'x.png')).toThrow(/^x\.png: is a damaged PNG/);
    const huge = good.slice();
    huge.set([0x7f, 0xff, 0xff, 0xff], 16);
    expect(() => readPicture(huge, 'x.png')).toThrow(/^x\.png: 2147483647x1 pixels cannot be read/);
  });
});
