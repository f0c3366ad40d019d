import { describe, expect, test } from 'vitest';
import { visionHost } from '../../../test/support/vision-host.ts';
import { pixelOfColour } from './draw-module.ts';
import { makeImage } from './guest-image.ts';

const GREY = 0;
const COLOUR = 1;

describe('a colour of the script', () => {
  const [grey, colour] = [makeImage(1, 1, 'grayscale'), makeImage(1, 1, 'rgb565')];

  test('is the pixel itself where it is a number, and stays below 0 for white', () => {
    expect([pixelOfColour(grey, 200, 'maixpy'), pixelOfColour(colour, 0xf81f, 'openmv')]).toEqual([
      200, 0xf81f,
    ]);
    expect(pixelOfColour(colour, -1, 'maixpy')).toBe(-1);
  });

  test('of red, green and blue is packed into 5, 6 and 5 bits', () => {
    const rgb = 0x1000000 | (0x88 << 16) | (0x44 << 8) | 0x18;
    expect(pixelOfColour(colour, rgb, 'maixpy')).toBe((0x11 << 11) | (0x11 << 5) | 0x03);
    // The weights of OpenMV add up to 32688 / 32768, which leaves 254.4 of white.
    expect(pixelOfColour(grey, 0x1ffffff, 'openmv')).toBe(254);
  });
});

/** What one drawing charges, in pixels of the pen. */
function costOf(name: string, ...args: readonly unknown[]): number {
  const host = visionHost('maixpy');
  const image = host.call('image_new', 40, 30, GREY, false);
  host.call(name, image, ...args);
  return host.spent('image.draw.pixel');
}

describe('a drawing costs the pixels that the pen visits', () => {
  test.each<[string, string, readonly unknown[], number]>([
    ['a line: its longer side and the end', 'image_draw_line', [2, 3, 9, 5, 9, 1], 8],
    ['a line upwards, two thick', 'image_draw_line', [2, 9, 4, 3, 9, 2], 7 * 4],
    ['a cross of 3: two lines of seven', 'image_draw_cross', [9, 9, 3, 9, 1], 14],
    ['a thick cross', 'image_draw_cross', [9, 9, -3, 9, 2], 14 * 4],
    ['a filled rectangle: its area', 'image_draw_rectangle', [1, 1, 5, 4, 9, 1, true], 20],
    ['its border', 'image_draw_rectangle', [1, 1, 5, 4, 9, 1, false], 18],
    ['its thick border', 'image_draw_rectangle', [1, 1, -5, -4, 9, 3, false], 54],
    ['a disc: the square about it', 'image_draw_circle', [9, 9, 3, 9, 1, true], 49],
    ['a ring: eight arcs', 'image_draw_circle', [9, 9, 3, 9, 2, false], 8 * 4 * 2],
    ['letters: cells of 8 x 10, scaled', 'image_draw_string', [0, 0, 'ab', 9, 2, 0, 0, true], 2 * 80 * 4],
  ])('%s', (_, name, args, pixels) => {
    expect(costOf(name, ...args)).toBe(pixels);
  });

  test('another image: its pixels as they are scaled', () => {
    const host = visionHost('maixpy');
    const [image, other] = [
      host.call('image_new', 40, 30, GREY, false),
      host.call('image_new', 4, 6, GREY, false),
    ];
    host.call('image_draw_image', image, other, 0, 0, 2, 0.5);
    expect(host.spent('image.draw.pixel')).toBe(8 * 3);
  });

  test('and a call of an image function', () => {
    const host = visionHost('maixpy');
    const image = host.call('image_new', 4, 4, GREY, false);
    host.spent('image.call');
    host.call('image_draw_line', image, 0, 0, 1, 1, 9, 1);
    expect(host.spent('image.call')).toBe(1);
  });
});

test('what is drawn is in the image: the whole of a filled rectangle, a letter, another image', () => {
  const host = visionHost('openmv');
  const image = host.call('image_new', 3, 2, COLOUR, false);
  host.call('image_draw_rectangle', image, 1, 0, 2, 2, 0x1ff0000, 1, true);
  const [black, red] = [[0, 0, 0], [255, 0, 0]]; // prettier-ignore
  expect(host.pixels(image)).toEqual([black, red, red, black, red, red].flat());
});

describe('rejected', () => {
  const host = visionHost('maixpy');
  const image = host.call('image_new', 4, 4, GREY, false);

  test.each([
    ['letters of no size', 'image_draw_string', [0, 0, 'a', 9, 0, 0, 0, true], 'Error: 0 < scale!'],
    ['an image of less than no width', 'image_draw_image', [image, 0, 0, -1, 1], 'Error: 0.0 <= x_scale!'],
    ['of less than no height', 'image_draw_image', [image, 0, 0, 1, -1], 'Error: 0.0 <= y_scale!'],
  ])('%s', (_, name, args, message) => {
    expect(() => host.call(name, image, ...args)).toThrow(
      expect.objectContaining({ kind: 'OSError', message }),
    );
  });
});

describe('a pen that is not back before the run ends is paid, draws nothing and ends it, wherever it would draw', () => {
  test.each<[string, string, readonly unknown[]]>([
    ['a line', 'image_draw_line', [0, 0, 1e9, 1e9, 9, 1]],
    ['a thick line', 'image_draw_line', [0, 0, 3, 3, 9, 1e6]],
    ['a cross', 'image_draw_cross', [0, 0, 1e9, 9, 1]],
    ['a filled rectangle', 'image_draw_rectangle', [-1e5, -1e5, 1e9, 1e9, 9, 1, true]],
    ['a border whose sides cancel', 'image_draw_rectangle', [0, 0, 1e9, -1e9, 9, 1, false]],
    ['a border that is all pen', 'image_draw_rectangle', [0, 0, 1, 1, 9, 1e6, false]],
    ['a disc', 'image_draw_circle', [0, 0, 1e9, 9, 1, true]],
    ['a ring that is all pen', 'image_draw_circle', [0, 0, 0, 9, 1e6, false]],
    ['letters', 'image_draw_string', [0, 0, 'a', 9, 1e6, 0, 0, true]],
    ['letters without end', 'image_draw_string', [0, 0, 'a', 9, Infinity, 0, 0, true]],
  ])('%s', (_, name, args) => {
    const host = visionHost('openmv', {}, undefined, 1e12);
    const image = host.call('image_new', 4, 4, GREY, false);
    expect(() => host.call(name, image, ...args)).toThrow(
      expect.objectContaining({ kind: 'KeyboardInterrupt' }),
    );
    expect([host.hardware.nowPs > 1e12, Math.max(...host.pixels(image))]).toEqual([true, 0]);
  });
});

test('what lies outside of the image is paid and takes no time of ours', () => {
  const host = visionHost('openmv');
  const image = host.call('image_new', 4, 4, GREY, false);
  host.call('image_draw_rectangle', image, -2e6, -2e6, 4e6, 4e6, 9, 1, true);
  expect([host.spent('image.draw.pixel'), Math.min(...host.pixels(image))]).toEqual([1.6e13, 9]);
  const other = host.call('image_new', 2, 2, GREY, false);
  host.call('image_draw_image', image, other, -5e5, 0, 1e6, 1e6);
  expect([host.spent('image.draw.pixel'), Math.max(...host.pixels(image))]).toEqual([4e12, 0]);
  host.call('image_draw_image', image, other, 0, 0, 0, Infinity);
  expect(host.spent('image.draw.pixel')).toBe(0);
});
