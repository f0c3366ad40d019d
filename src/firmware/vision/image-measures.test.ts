import { describe, expect, test } from 'vitest';
import { visionHost, type VisionHost } from '../../../test/support/vision-host.ts';

const GREY = 0;
const SIDE = 128;
const ROI = [0, 0, SIDE, SIDE];
const IS_OVER = expect.objectContaining({ kind: 'KeyboardInterrupt' });
const MEMORY_ERROR = expect.objectContaining({ kind: 'MemoryError' });

/** A picture whose white pixels touch nothing: blobs of one pixel, and edges everywhere. */
function dots(): VisionHost & { readonly image: number } {
  const host = visionHost('openmv');
  const image = host.call('image_new', SIDE, SIDE, GREY, false);
  for (let at = 0; at < SIDE * SIDE; at += 2) {
    host.call(
      'image_set_pixel',
      image,
      (at % SIDE) + (Math.floor(at / SIDE) % 2),
      Math.floor(at / SIDE),
      255,
    );
  }
  return { ...host, image };
}

const BLOBS = {
  ...{ thresholds: [[200, 255, 0, 0, 0, 0]], inverts: false, strideX: 1, strideY: 1 },
  ...{ leastArea: 0, leastPixels: 0, merges: true, margin: 0 },
};
const LINES = { strideX: 1, strideY: 1, threshold: 0, thetaMargin: 0, rhoMargin: 0 };

describe('what a search finds must fit into the heap of the board', () => {
  test('blobs by the thousand, before any two are merged', () => {
    const { call, image } = dots();
    expect(() => call('image_find_blobs', image, JSON.stringify(BLOBS), ...ROI)).toThrow(MEMORY_ERROR);
    const few = call<string>('image_find_blobs', image, JSON.stringify(BLOBS), 0, 0, 20, 20);
    expect(JSON.parse(few)).toHaveLength(200);
  });

  test('lines where every cell of the accumulator is one, before any two are compared', () => {
    const { call, image, spent } = dots();
    expect(() => call('image_find_lines', image, JSON.stringify(LINES), ...ROI)).toThrow(MEMORY_ERROR);
    expect(spent('image.entry')).toBe(0);
  });

  test('bins of a histogram; those of statistics lie on the stack of the frame buffer', () => {
    const { call, image } = dots();
    const bins = (count: number) => ['[]', false, JSON.stringify([count, 256, 256])];
    expect(() => call('image_histogram', image, ...ROI, ...bins(1e9))).toThrow(MEMORY_ERROR);
    expect(() => call('image_statistics', image, ...ROI, ...bins(1e9))).toThrow(MEMORY_ERROR);
    expect(JSON.parse(call('image_statistics', image, ...ROI, ...bins(1e6)))).toHaveLength(8);
  });
});

test('lines that are compared one with another are paid, and no more are than the run has time for', () => {
  const host = visionHost('openmv', {}, undefined, 1e9);
  const image = host.call('image_new', 12, 12, GREY, false);
  const search = () => host.call('image_find_lines', image, JSON.stringify(LINES), 0, 0, 12, 12);
  // 180 directions of 33 distances: a few lines against all others take a millisecond.
  expect(search).toThrow(IS_OVER);
  expect(host.hardware.nowPs).toBeGreaterThan(1e9);
  expect(host.spent('image.entry')).toBeLessThan(40_000);
});

test('each threshold looks at all pixels again', () => {
  const { call, image, spent } = dots();
  const thresholds = JSON.stringify(Array.from({ length: 1000 }, () => BLOBS.thresholds[0]));
  spent('image.math.pixel');
  call('image_binary', image, thresholds, false, false);
  expect(spent('image.math.pixel')).toBe(1000 * SIDE * SIDE);
  call('image_statistics', image, ...ROI, thresholds, false, '[]');
  expect(spent('image.math.pixel')).toBe(1000 * SIDE * SIDE);
});

test('a robust line through more pixels than the run has time for is paid and ends the run', () => {
  const host = visionHost('openmv', {}, undefined, 1e12);
  const image = host.call('image_new', SIDE, SIDE, GREY, false);
  const how = { ...BLOBS, thresholds: [[0, 255, 0, 0, 0, 0]], isRobust: true };
  expect(() => host.call('image_get_regression', image, JSON.stringify(how), ...ROI)).toThrow(IS_OVER);
  expect([host.hardware.nowPs > 1e12, host.spent('image.pair')]).toEqual([true, (16384 * 16383) / 2]);
});

test('blobs are paid for each that they are compared with, and for each that is told', () => {
  const { call, image, spent } = dots();
  const find = (merges: boolean, margin: number) => {
    call('image_find_blobs', image, JSON.stringify({ ...BLOBS, merges, margin }), 0, 0, 20, 20);
    return ['span', 'entry', 'blob'].map((kind) => spent(`image.${kind}`));
  };
  expect(find(false, 0)).toEqual([200, 0, 200]);
  // Rectangles that must overlap by a pixel more never do: one round, in which each meets all behind it.
  expect(find(true, -1)).toEqual([200, (200 * 199) / 2, 200]);
});
