import { beforeEach, describe, expect, test } from 'vitest';
import { visionHost, type VisionHost } from '../../../test/support/vision-host.ts';
import { readPng } from '../../pictures/png.ts';

const WHITE = 0x1ffffff;
const RED = 0x1ff0000;
const HZ = 15e6;
/** What the even divider makes of 15 MHz out of the core's 400: 400 / 26. */
const REAL_HZ = 400e6 / 26;

let host: VisionHost;
const shown = () => readPng(host.hardware.display!.png()!, 'screen');
const redAt = (x: number, y: number) => shown().pixels[3 * (y * shown().width + x)];
const prepared = () => [host.spent('lcd.call'), host.spent('lcd.pixel')];
let toldPs = 0;
/** Pixels that the bus has carried since the last question, by its time: two bytes each, one a clock. */
const sent = (busHz = REAL_HZ): number => {
  const screenPs = host.hardware.spent.find(({ name }) => name === 'screen (wait)')?.ps ?? 0;
  const pixels = ((screenPs - toldPs) * busHz) / 2e12;
  toldPs = screenPs;
  return pixels;
};
/** A read of memory begins before the bus does; reads go on beside it. */
const aboutPixels = (pixels: number) => {
  const found = sent();
  expect(found).toBeGreaterThanOrEqual(pixels - 1e-3);
  expect(found).toBeLessThan(pixels + 16);
};

beforeEach(() => {
  host = visionHost('maixpy');
  toldPs = 0;
  host.call('lcd_init', 32, 24, 0, HZ);
});

describe('what is sent takes the bus, and what is prepared the core', () => {
  test('one colour over all of the screen needs no preparing', () => {
    expect([sent(), ...prepared()]).toEqual([expect.closeTo(32 * 24, 3), 1, 0]);
    host.call('lcd_clear', WHITE);
    expect([sent(), ...prepared()]).toEqual([expect.closeTo(32 * 24, 3), 1, 0]);
    expect([redAt(0, 0), redAt(31, 23)]).toEqual([255, 255]);
  });

  // Dividers are even: 400 MHz over 52 and over 106.
  test('a slower clock of the bus is the next that its divider makes', () => {
    sent();
    host.call('lcd_set_hz', HZ / 2);
    host.call('lcd_clear', 0);
    expect(sent(400e6 / 52)).toBeCloseTo(32 * 24, 3);
    host.call('lcd_init', 32, 24, 0, HZ / 4);
    expect(sent(400e6 / 106)).toBeCloseTo(32 * 24, 3);
  });

  test('an image at its place: its pixels; in the middle: the whole screen', () => {
    const image = host.call('image_new', 8, 4, 1, false);
    sent();
    prepared();
    for (const [args, pixels, shown] of [
      [[0, 0, 8, 4, 3, 0], 32, 32],
      [[0, 0, 8, 4, -1, -1], 32, 32 * 24],
      [[0, 0, 8, 4, -1, 0], 32, 32 * 24],
      [[0, 0, 8, 4, 0, -1], 32, 32 * 24],
      [[2, 1, 3, 2, 0, 0], 6, 6],
    ] as const) {
      host.call('lcd_display', image, ...args);
      expect(prepared()).toEqual([1, pixels]);
      aboutPixels(shown);
    }
  });

  test('a grey image is prepared on one core, which takes twice as long as two', () => {
    const image = host.call('image_new', 8, 4, 0, false);
    prepared();
    host.call('lcd_display', image, 0, 0, 8, 4, 0, 0);
    expect(prepared()).toEqual([1, 2 * 32]);
  });

  test('letters in cells of 8 x 16, those that fit into the line', () => {
    sent();
    prepared();
    for (const [args, pixels] of [
      [[0, 0, 'ab'], 2 * 8 * 16],
      [[9, 0, 'abcdef'], 2 * 8 * 16],
      // Lines below the screen, and columns beside it, are not sent at all.
      [[0, 9, 'a'], 0],
      [[32, 0, 'a'], 0],
      [[0, 8, 'a'], 8 * 16],
    ] as const) {
      host.call('lcd_draw_string', ...args, RED, 0);
      expect(prepared()).toEqual([1, pixels]);
      aboutPixels(pixels);
    }
  });

  test('a turn and a mirror: a call', () => {
    prepared();
    sent();
    host.call('lcd_rotation', -1);
    host.call('lcd_mirror', true);
    expect([sent(), ...prepared()]).toEqual([0, 2, 0]);
  });
});

test('switching on takes its span, and the screen is on until it is switched off', () => {
  const before = host.hardware.nowPs;
  host.call('lcd_init', 2, 1, RED, HZ);
  expect(host.hardware.nowPs - before).toBeGreaterThan(host.hardware.waitPs('lcd.init'));
  expect([host.call('lcd_is_on'), host.call('lcd_width'), host.call('lcd_height')]).toEqual([true, 2, 1]);
  expect(redAt(1, 0)).toBe(255);
  host.call('lcd_deinit');
  expect([host.call('lcd_is_on'), host.call('lcd_width'), host.call('lcd_height')]).toEqual([false, 0, 0]);
});

test('a quarter turn changes the sides over, two do not; the screen is empty after it', () => {
  host.call('lcd_clear', WHITE);
  expect(host.call('lcd_rotation', 2)).toBe(2);
  expect([host.call('lcd_width'), redAt(0, 0)]).toEqual([32, 255]);
  expect(host.call('lcd_rotation', 1)).toBe(1);
  expect([host.call('lcd_width'), host.call('lcd_height'), redAt(0, 0)]).toEqual([24, 32, 0]);
  host.call('lcd_clear', WHITE);
  expect(host.call('lcd_rotation', 1)).toBe(1);
  expect(redAt(0, 0)).toBe(255);
  expect(host.call('lcd_rotation', -1)).toBe(1);
  host.call('lcd_init', 32, 24, 0, HZ);
  expect(host.call('lcd_rotation', -1)).toBe(0);
});

test('a letter is drawn in its colour on its background', () => {
  host.call('lcd_draw_string', 8, 0, '|', RED, 0);
  const row = Array.from({ length: 24 }, (_, x) => redAt(x, 6));
  // One column of the cell that begins at 8.
  expect(row.filter((red) => red === 255).length).toBe(1);
  expect(
    row
      .slice(0, 8)
      .concat(row.slice(16))
      .every((red) => red === 0),
  ).toBe(true);
});

test.each(['lcd_set_hz', 'lcd_init'])('%s rejects a clock of 0', (name) => {
  const args = name === 'lcd_init' ? [1, 1, 0, 0] : [0];
  expect(() => host.call(name, ...args)).toThrow('freq must be greater than 0');
});
