import { describe, expect, test } from 'vitest';
import { visionHost } from '../../../test/support/vision-host.ts';

const GREY = 0;
const SECOND_PS = 1e12;
const IS_OVER = expect.objectContaining({ kind: 'KeyboardInterrupt' });
/** Arguments behind the reach. */
const FILTERS: readonly (readonly [string, readonly unknown[]])[] = [
  ['image_mean', []],
  ['image_midpoint', [0.5]],
  ['image_gaussian', [false, 0, 0]],
  ['image_laplacian', [false, 0, 0]],
  ['image_erode', [0]],
  ['image_dilate', [0]],
];

function host(limitPs = Infinity) {
  const made = visionHost('openmv', {}, undefined, limitPs);
  const image = made.call('image_new', 64, 48, GREY, false);
  made.call('image_draw_rectangle', image, 0, 0, 32, 48, 200, 1, true);
  return { ...made, image };
}

describe.each(FILTERS)('%s', (name, rest) => {
  test('of a size below 0 is the error of the firmware', () => {
    const { call, image } = host();
    expect(() => call(name, image, -1, ...rest)).toThrow(
      expect.objectContaining({ kind: 'OSError', message: 'KernelSize must be >= 0!' }),
    );
  });

  test('whose rows the stack of the frame buffer cannot hold is a MemoryError, and costs nothing', () => {
    const { call, image, hardware } = host();
    const before = hardware.nowPs;
    expect(() => call(name, image, 200_000, ...rest)).toThrow(
      expect.objectContaining({ kind: 'MemoryError', message: expect.stringContaining('Out of fast Frame') }),
    );
    expect(hardware.nowPs).toBe(before);
  });

  test('that is not over before the run ends is paid and not done, and the run ends', () => {
    const { call, image, hardware, pixels } = host(SECOND_PS);
    const before = pixels(image);
    expect(() => call(name, image, 800, ...rest)).toThrow(IS_OVER);
    expect([hardware.nowPs > SECOND_PS, pixels(image)]).toEqual([true, before]);
  });
});

test('weights of a kernel take of the stack what rows leave', () => {
  const { call, image } = host(SECOND_PS);
  expect(() => call('image_gaussian', image, 900, false, 0, 0)).toThrow(
    expect.objectContaining({ kind: 'MemoryError' }),
  );
  expect(() => call('image_mean', image, 900)).toThrow(IS_OVER);
});
