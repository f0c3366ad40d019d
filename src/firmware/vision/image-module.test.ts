import { describe, expect, test } from 'vitest';
import { visionHost, type VisionHost } from '../../../test/support/vision-host.ts';

const GREY = 0;
const COLOUR = 1;

/** A grey image of the pixels 0, 1, 2, ... */
function counting(host: VisionHost, width: number, height: number): number {
  const image = host.call('image_new', width, height, GREY, false);
  for (let at = 0; at < width * height; at++)
    host.call('image_set_pixel', image, at % width, Math.floor(at / width), at);
  return image;
}

describe('a function charges a call and the pixels that its loop visits', () => {
  test.each<[string, string, readonly unknown[], string, number]>([
    ['a copy of a part', 'image_copy', [1, 1, 3, 2, false], 'copy', 6],
    ['a cut, what lies outside included', 'image_cut', [3, 3, 4, 4], 'copy', 16],
    ['another format', 'image_convert', [COLOUR], 'convert', 24],
    ['larger', 'image_resize', [12, 8], 'resize', 96],
    // Boxes of 4 / 2 + 1 rows and as many columns, though the image is six wide.
    ['smaller: boxes that share their borders', 'image_resize', [3, 2], 'box', 3 * 2 * 9],
    ['narrower and no lower: no boxes', 'image_resize', [3, 4], 'resize', 12],
    ['scaled: what comes out', 'image_scale', [0, 0, 6, 4, 2, 0.5], 'resize', 12 * 2],
    ['pooled: what goes in', 'image_mean_pooled', [2, 2], 'math', 24],
    ['pooled in place', 'image_mean_pool', [2, 2], 'math', 24],
    ['inverted', 'image_invert', [], 'math', 24],
    ['in another format in place', 'image_become', [GREY], 'convert', 24],
    ['planes for the accelerator', 'image_pix_to_ai', [], 'planes', 24],
    ['statistics of a part', 'image_statistics', [0, 0, 3, 2], 'math', 6],
    ['a histogram of a part', 'image_histogram', [4, 3, 9, 9], 'math', 2],
  ])('%s', (_, name, args, kind, pixels) => {
    const host = visionHost('maixpy');
    const image = counting(host, 6, 4);
    [`image.${kind}.pixel`, 'image.call'].forEach((price) => host.spent(price));
    host.call(name, image, ...args);
    expect([host.spent(`image.${kind}.pixel`), host.spent('image.call')]).toEqual([pixels, 1]);
  });

  test('a new image is filled, a pixel is a call alone', () => {
    const host = visionHost('openmv');
    const image = host.call('image_new', 5, 3, COLOUR, false);
    expect([host.spent('image.fill.pixel'), host.spent('image.call')]).toEqual([15, 1]);
    host.call('image_get_pixel', image, 0, 0);
    host.call('image_set_pixel', image, 0, 0, 1);
    expect(host.spent('image.call')).toBe(2);
  });

  test('a picture from a file', () => {
    const pgm = new TextEncoder().encode('P2 3 2 255 1 2 3 4 5 6');
    const host = visionHost('openmv', { '/a.pgm': pgm });
    const image = host.call('image_load', '/a.pgm', false);
    expect([host.spent('image.load.pixel'), host.pixels(image)]).toEqual([6, [1, 2, 3, 4, 5, 6]]);
  });
});

describe('what comes out', () => {
  test('a copy is the part, and of its own', () => {
    const host = visionHost('maixpy');
    const image = counting(host, 4, 3);
    const copy = host.call('image_copy', image, 1, 1, 2, 2, false);
    expect(host.pixels(copy)).toEqual([5, 6, 9, 10]);
    host.call('image_invert', copy);
    expect(host.pixels(image)[5]).toBe(5);
  });

  test('a cut is as large as it was asked for, with 0 outside', () => {
    const host = visionHost('maixpy');
    expect(host.pixels(host.call('image_cut', counting(host, 2, 2), 1, 1, 2, 2))).toEqual([3, 0, 0, 0]);
    const host2 = visionHost('maixpy');
    expect(host2.pixels(host2.call('image_cut', counting(host2, 2, 2), 9, 9, 1, 1))).toEqual([0]);
  });

  test('pooled by 2: the mean of four, rounded down; in place the same', () => {
    const host = visionHost('openmv');
    const image = counting(host, 4, 2);
    expect(host.pixels(host.call('image_mean_pooled', image, 2, 2))).toEqual([2, 4]);
    host.call('image_mean_pool', image, 2, 2);
    expect([host.pixels(image), host.call('image_width', image), host.call('image_height', image)]).toEqual([
      [2, 4],
      2,
      1,
    ]);
  });

  test('scaled by 2 each pixel stands four times', () => {
    const host = visionHost('openmv');
    const scaled = host.call('image_scale', counting(host, 2, 1), 0, 0, 2, 1, 2, 2);
    expect(host.pixels(scaled)).toEqual([0, 0, 1, 1, 0, 0, 1, 1]);
  });

  test('taken over: another image in the memory of this one', () => {
    const host = visionHost('openmv');
    const [image, other] = [counting(host, 4, 2), counting(host, 2, 2)];
    host.call('image_take', image, other);
    expect([host.pixels(image), host.call('image_width', image)]).toEqual([[0, 1, 2, 3], 2]);
    host.call('image_invert', image);
    expect(host.pixels(other)).toEqual([0, 1, 2, 3]);
  });

  test('pixels, formats and sides are told; outside of the image is -1', () => {
    const host = visionHost('openmv');
    const image = counting(host, 3, 2);
    expect([host.call('image_get_pixel', image, 2, 1), host.call('image_get_pixel', image, 3, 1)]).toEqual([
      5, -1,
    ]);
    const colour = host.call('image_convert', image, COLOUR);
    expect([host.call('image_format', image), host.call('image_format', colour)]).toEqual([GREY, COLOUR]);
    expect(host.call('image_rgb', image, 7)).toBe(0x070707);
  });

  test('binary and statistics go as JSON', () => {
    const host = visionHost('openmv');
    const image = counting(host, 4, 1);
    const statistics = JSON.parse(host.call<string>('image_statistics', image, 0, 0, 4, 1)) as number[];
    // Mean 1.5 of 0, 1, 2, 3 rounds up; the median is the first value with half below or at it.
    expect(statistics.slice(0, 2)).toEqual([2, 1]);
    const [histogram] = JSON.parse(host.call<string>('image_histogram', image, 0, 0, 4, 1)) as number[][];
    expect([histogram.length, ...histogram.slice(0, 5)]).toEqual([256, 0.25, 0.25, 0.25, 0.25, 0]);
    host.call('image_binary', image, '[[1,2,-128,127,-128,127]]', false, false);
    expect(host.pixels(image)).toEqual([0, 255, 255, 0]);
  });
});

describe('in place', () => {
  test('OpenMV changes the image itself, and leaves one that has the format', () => {
    const host = visionHost('openmv');
    const image = host.call('image_new', 2, 1, COLOUR, false);
    host.call('image_set_pixel', image, 0, 0, 0xffff);
    expect(host.call('image_become', image, COLOUR)).toBe(image);
    expect(host.spent('image.convert.pixel')).toBe(0);
    expect(host.call('image_become', image, GREY)).toBe(image);
    // The weights of OpenMV add up to 32688 / 32768, which leaves 254.4 of white.
    expect([host.pixels(image), host.spent('image.convert.pixel')]).toEqual([[254, 0], 2]);
  });

  test('MaixPy answers with another image in the same memory', () => {
    const host = visionHost('maixpy');
    const image = host.call('image_new', 2, 1, COLOUR, false);
    const grey = host.call('image_become', image, GREY);
    expect(grey).not.toBe(image);
    host.call('image_set_pixel', grey, 0, 0, 0xff);
    // The first byte of the memory is the low byte of the first pixel: blue, and half of green.
    expect(host.call('image_get_pixel', image, 0, 0)).toBe(0x00ff);
  });

  test.each([
    ['maixpy', "Can't convert to rgb565 in place!"],
    ['openmv', "The new image won't fit in the target frame buffer!"],
  ] as const)('%s: grey does not grow into colours', (firmware, message) => {
    const host = visionHost(firmware);
    const image = counting(host, 2, 2);
    expect(() => host.call('image_become', image, COLOUR)).toThrow(expect.objectContaining({ message }));
    expect(host.pixels(image)).toEqual([0, 1, 2, 3]);
  });

  test('OpenMV turns a grey image that has room into colours', () => {
    const host = visionHost('openmv');
    const image = host.call('image_new', 2, 2, COLOUR, false);
    host.call('image_become', image, GREY);
    expect(host.call('image_become', image, COLOUR)).toBe(image);
    expect(host.call('image_format', image)).toBe(COLOUR);
  });

  test('an image takes no larger one over', () => {
    const host = visionHost('openmv');
    const [image, other] = [counting(host, 2, 2), counting(host, 5, 1)];
    expect(() => host.call('image_take', image, other)).toThrow("The new image won't fit");
  });
});

describe('the heap of the guest', () => {
  const heapOf = (host: VisionHost) => (host.hardware.images as unknown as { usedBytes: number }).usedBytes;

  test.each([
    ['maixpy', 'image_copy', [0, 0, 4, 4, false], 16 + 48],
    ['openmv', 'image_copy', [0, 0, 4, 4, false], 16],
    ['maixpy', 'image_convert', [COLOUR], 32 + 48],
    ['openmv', 'image_convert', [COLOUR], 32],
    ['maixpy', 'image_resize', [2, 2], 4],
    // In the frame buffer, which is no part of the heap.
    ['openmv', 'image_copy', [0, 0, 4, 4, true], 0],
  ] as const)('%s, %s%j takes %i bytes and an object of 64', (firmware, name, args, bytes) => {
    const host = visionHost(firmware);
    const image = counting(host, 4, 4);
    const before = heapOf(host);
    host.call(name, image, ...args);
    expect(heapOf(host) - before).toBe(bytes + 64);
  });

  test('the frame buffer of OpenMV holds 16 MiB and no more', () => {
    const host = visionHost('openmv');
    expect(() => host.call('image_new', 4096, 2049, COLOUR, true)).toThrow('FB Overflow!');
    expect(host.call('image_new', 4096, 2048, COLOUR, true)).toBeGreaterThan(0);
  });
});

describe('rejected', () => {
  test.each([
    [
      'an image without a pixel',
      'image_resize',
      [0, 3],
      'ValueError',
      'an image of 0 x 3 pixels cannot be made',
    ],
    ['one without rows', 'image_cut', [0, 0, 3, 0], 'ValueError', 'an image of 3 x 0 pixels cannot be made'],
    ['one of 2^15', 'image_resize', [32768, 1], 'ValueError', 'an image of 32768 x 1 pixels cannot be made'],
    ['a part outside', 'image_copy', [4, 0, 1, 1, false], 'OSError', 'Invalid ROI dimensions!'],
    ['a pool of no width', 'image_mean_pooled', [0, 1], 'OSError', 'Width divisor must be greater than >= 1'],
    [
      'a pool wider than the image',
      'image_mean_pooled',
      [5, 1],
      'OSError',
      'Width divisor must be less than <= img width',
    ],
    [
      'a pool of no height',
      'image_mean_pooled',
      [1, 0],
      'OSError',
      'Height divisor must be greater than >= 1',
    ],
    [
      'a pool higher than the image',
      'image_mean_pooled',
      [1, 4],
      'OSError',
      'Height divisor must be less than <= img height',
    ],
  ])('%s', (_, name, args, kind, message) => {
    const host = visionHost('openmv');
    expect(() => host.call(name, counting(host, 4, 3), ...args)).toThrow(
      expect.objectContaining({ kind, message }),
    );
  });

  test('what is not modelled of colours', () => {
    const host = visionHost('openmv');
    const image = host.call('image_new', 2, 2, COLOUR, false);
    expect(() => host.call('image_strech_char', image, 1)).toThrow(/of an RGB565 image is not modelled/);
  });

  test('statistics of colours are those of L, A and B', () => {
    const host = visionHost('openmv');
    const image = host.call('image_new', 2, 2, COLOUR, false);
    const values = JSON.parse(host.call<string>('image_statistics', image, 0, 0, 1, 1)) as number[];
    expect([values, host.spent('image.lab.pixel')]).toEqual([Array(24).fill(0), 1]);
  });

  test('blobs are charged by the pixels looked at, filled and the rows of them', () => {
    const host = visionHost('openmv');
    const image = counting(host, 6, 4);
    const options = {
      ...{ thresholds: [[10, 255, -128, 127, -128, 127]], inverts: false, strideX: 2, strideY: 1 },
      ...{ leastArea: 1, leastPixels: 1, merges: false, margin: 0 },
    };
    const found = JSON.parse(
      host.call<string>('image_find_blobs', image, JSON.stringify(options), 0, 0, 6, 4),
    ) as number[][];
    expect(found.map((values) => values.slice(0, 5))).toEqual([[0, 1, 6, 3, 14]]);
    expect(['math.pixel', 'flood.pixel', 'span'].map((kind) => host.spent(`image.${kind}`))).toEqual([
      12, 14, 3,
    ]);
  });

  test('the largest side of an image is 2^15 - 1', () => {
    const host = visionHost('openmv');
    expect(host.call('image_width', host.call('image_new', 32767, 1, GREY, false))).toBe(32767);
    expect(host.call('image_height', host.call('image_new', 1, 32767, GREY, false))).toBe(32767);
  });
});
