import { beforeEach, describe, expect, test } from 'vitest';
import { visionHost, type VisionHost } from '../../../test/support/vision-host.ts';
import { readPng } from '../../pictures/png.ts';

const WHITE = 0x1ffffff;
const RED = 0x1ff0000;
/** The clock of the bus that a pixel is priced at. */
const HZ = 15e6;

let host: VisionHost;
const shown = () => readPng(host.hardware.display!.png()!, 'screen');
const redAt = (x: number, y: number) => shown().pixels[3 * (y * shown().width + x)];
const spent = () => [host.spent('lcd.call'), host.spent('lcd.pixel')];

beforeEach(() => {
  host = visionHost('maixpy');
  host.call('lcd_init', 32, 24, 0, HZ);
});

describe('what is sent is paid: a call and its pixels', () => {
  test('all of the screen when it is switched on and when it is cleared', () => {
    expect(spent()).toEqual([1, 32 * 24]);
    host.call('lcd_clear', WHITE);
    expect(spent()).toEqual([1, 32 * 24]);
    expect([redAt(0, 0), redAt(31, 23)]).toEqual([255, 255]);
  });

  test('on a bus of half the clock a pixel counts twice', () => {
    spent();
    host.call('lcd_set_hz', HZ / 2);
    host.call('lcd_clear', 0);
    expect(spent()).toEqual([1, 2 * 32 * 24]);
    host.call('lcd_init', 32, 24, 0, HZ / 4);
    expect(spent()).toEqual([1, 4 * 32 * 24]);
  });

  test('an image at its place: its pixels; in the middle: the whole screen', () => {
    const image = host.call('image_new', 8, 4, 1, false);
    spent();
    host.call('lcd_display', image, 0, 0, 8, 4, 3, 0);
    expect(spent()).toEqual([1, 32]);
    host.call('lcd_display', image, 0, 0, 8, 4, -1, -1);
    expect(spent()).toEqual([1, 32 * 24]);
    host.call('lcd_display', image, 0, 0, 8, 4, -1, 0);
    expect(spent()).toEqual([1, 32 * 24]);
    host.call('lcd_display', image, 0, 0, 8, 4, 0, -1);
    expect(spent()).toEqual([1, 32 * 24]);
    host.call('lcd_display', image, 2, 1, 3, 2, 0, 0);
    expect(spent()).toEqual([1, 6]);
  });

  test('letters in cells of 8 x 16, those that fit into the line', () => {
    spent();
    host.call('lcd_draw_string', 0, 0, 'ab', RED, 0);
    expect(spent()).toEqual([1, 2 * 8 * 16]);
    host.call('lcd_draw_string', 9, 0, 'abcdef', RED, 0);
    expect(spent()).toEqual([1, 2 * 8 * 16]);
    // Lines below the screen, and columns beside it, are not sent at all.
    host.call('lcd_draw_string', 0, 9, 'a', RED, 0);
    host.call('lcd_draw_string', 32, 0, 'a', RED, 0);
    expect(spent()).toEqual([2, 0]);
    host.call('lcd_draw_string', 0, 8, 'a', RED, 0);
    expect(spent()).toEqual([1, 8 * 16]);
  });

  test('a turn and a mirror: a call', () => {
    spent();
    host.call('lcd_rotation', -1);
    host.call('lcd_mirror', true);
    expect(spent()).toEqual([2, 0]);
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
