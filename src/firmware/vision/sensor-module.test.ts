import { beforeEach, describe, expect, test } from 'vitest';
import { visionHost, type VisionHost } from '../../../test/support/vision-host.ts';
import type { CameraSource, Frame } from '../hardware/devices.ts';

const GREY = 0;
const COLOUR = 1;
const MS = 1e9;

const frames: readonly Frame[] = [1, 2, 3].map((level) => ({
  ...{ width: 8, height: 8, channels: 1 },
  pixels: new Uint8Array(64).fill(10 * level),
}));
const CAMERA: CameraSource = { count: 3, nameOf: String, frame: (index) => frames[index] };

let host: VisionHost;
const waitMs = (name: string) => host.hardware.waitPs(name) / MS;
/** A frame of the sensor, as its timing says, for a frame of QQVGA. */
const frameMs = (): number => {
  const shape = { width: 160, height: 120, isColour: false };
  return host.hardware.frames!.player.system.timingOf(shape).framePs / MS;
};
const msOf = (act: () => void): number => {
  const before = host.hardware.nowPs;
  act();
  return (host.hardware.nowPs - before) / MS;
};

function setUp(firmware: 'maixpy' | 'openmv' = 'maixpy', format = GREY, limitPs = Infinity): void {
  host = visionHost(firmware, {}, CAMERA, limitPs);
  host.call('sensor_reset');
  host.call('sensor_set_pixformat', format);
  host.call('sensor_set_framesize', 'QQVGA');
  host.call('sensor_set_windowing', 0, 0, 8, 8);
}

beforeEach(() => setUp());

describe('simulated time', () => {
  test('a reset takes its span, and each setting of the sensor its own', () => {
    expect(msOf(() => host.call('sensor_reset'))).toBe(waitMs('sensor.reset'));
    for (const [name, argument] of [
      ['sensor_set_pixformat', GREY],
      ['sensor_set_framesize', 'QVGA'],
      ['sensor_set_hmirror', true],
      ['sensor_set_vflip', true],
      ['sensor_setting', undefined],
    ] as const)
      expect([name, msOf(() => host.call(name, argument))]).toEqual([name, waitMs('sensor.setting')]);
  });

  test('a snapshot waits for the next whole frame', () => {
    host.call('sensor_snapshot');
    const overhead = host.hardware.spent.find(({ name }) => name === 'sensor.snapshot')!.ps / MS;
    // What follows the frame is paid out of the blanking before the next one.
    expect(msOf(() => host.call('sensor_snapshot'))).toBeCloseTo(frameMs(), 6);
    expect(overhead).toBeGreaterThan(0);
  });

  test('skipped frames take a frame each, or as many as begin within a span', () => {
    const frame = frameMs();
    host.call('sensor_skip_frames', 1, 1e6);
    expect(msOf(() => host.call('sensor_skip_frames', 5, 1e6))).toBeCloseTo(5 * frame, 6);
    expect(msOf(() => host.call('sensor_skip_frames', 100, 2.5 * frame))).toBeCloseTo(3 * frame, 6);
    expect(msOf(() => host.call('sensor_skip_frames', 100, 0.5 * frame))).toBeCloseTo(frame, 6);
    expect(msOf(() => host.call('sensor_skip_frames', 0, 1e6))).toBe(0);
    expect(msOf(() => host.call('sensor_skip_frames', 5, 0))).toBe(0);
  });

  test('no frame is skipped that begins behind the end of the run', () => {
    setUp('maixpy', GREY, 3000 * MS);
    host.call('sensor_skip_frames', 1e6, 1e9);
    const endMs = host.hardware.nowPs / MS;
    expect(endMs).toBeGreaterThanOrEqual(3000);
    expect(endMs).toBeLessThan(3000 + 2 * frameMs());
  });

  test('skipping is no snapshot: the next picture is the one that was due', () => {
    host.call('sensor_skip_frames', 7, 1e6);
    expect(host.pixels(host.call('sensor_snapshot'))[0]).toBe(10);
    expect(host.pixels(host.call('sensor_snapshot'))[0]).toBe(20);
  });

  test.each([
    ['grey', GREY, 'sensor.grey.pixel'],
    ['colour', COLOUR, 'sensor.colour.pixel'],
  ] as const)('a %s snapshot pays its pixels', (_, format, price) => {
    setUp('openmv', format);
    host.call('sensor_snapshot');
    expect([host.spent('sensor.snapshot'), host.spent(price)]).toEqual([1, 64]);
  });
});

describe('a window', () => {
  test.each([
    ['maixpy', [0, 0, 7, 8], 'The selected window is too small'],
    ['maixpy', [0, 0, 8, 7], 'The selected window is too small'],
    ['openmv', [0, 0, 0, 1], 'The selected window is too small'],
    ['maixpy', [0, 0, 12, 8], 'value must be multiple of 8'],
    ['maixpy', [0, 0, 8, 12], 'value must be multiple of 8'],
    ['openmv', [-1, 0, 8, 8], 'The selected window is outside the bounds of the frame'],
    ['openmv', [0, -1, 8, 8], 'The selected window is outside the bounds of the frame'],
    ['openmv', [153, 0, 8, 8], 'The selected window is outside the bounds of the frame'],
    ['openmv', [0, 113, 8, 8], 'The selected window is outside the bounds of the frame'],
  ] as const)('%s rejects %j: %s', (firmware, window, message) => {
    setUp(firmware);
    expect(() => host.call('sensor_set_windowing', ...window)).toThrow(
      expect.objectContaining({ kind: 'ValueError', message }),
    );
    expect(host.call('sensor_window')).toBe('[0,0,8,8]');
  });

  test.each([
    ['maixpy', [0, 0, 8, 8]],
    ['maixpy', [152, 112, 8, 8]],
    ['openmv', [0, 0, 1, 1]],
    ['openmv', [152, 112, 8, 8]],
  ] as const)('%s takes %j', (firmware, window) => {
    setUp(firmware);
    host.call('sensor_set_windowing', ...window);
    expect(host.call('sensor_window')).toBe(JSON.stringify(window));
  });

  test('a frame of another size has its whole as the window', () => {
    host.call('sensor_set_framesize', 'QVGA');
    expect([host.call('sensor_width'), host.call('sensor_height')]).toEqual([320, 240]);
    expect(host.call('sensor_window')).toBe('[0,0,320,240]');
  });

  test('is nothing before a frame is chosen', () => {
    host.call('sensor_reset');
    expect([host.call('sensor_window'), host.call('sensor_width')]).toEqual(['[0,0,0,0]', 0]);
  });
});

describe('errors', () => {
  const fails = (name: string, kind: string, message: string) =>
    expect(() => host.call(name)).toThrow(expect.objectContaining({ kind, message }));

  test('a camera without pictures says how to give some', () => {
    host = visionHost('maixpy');
    fails(
      'sensor_reset',
      'RuntimeError',
      'the camera has no pictures: give it a folder, a file or mnist with --camera',
    );
    host = visionHost('maixpy', {}, { ...CAMERA, count: 0 });
    expect(() => host.call('sensor_reset')).toThrow('the camera has no pictures');
  });

  test('a snapshot before the reset, or before a format and a frame, is not ready', () => {
    host = visionHost('maixpy', {}, CAMERA);
    fails('sensor_snapshot', 'RuntimeError', 'Not init!');
    expect(() => host.call('sensor_skip_frames', 1, 1)).toThrow('Not init!');
    host.call('sensor_reset');
    host.call('sensor_set_pixformat', GREY);
    fails('sensor_snapshot', 'RuntimeError', 'Not init!');
    host.call('sensor_reset');
    host.call('sensor_set_framesize', 'QVGA');
    fails('sensor_snapshot', 'RuntimeError', 'Not init!');
  });

  test('a sensor that is stopped times out after 300 ms; a reset starts it', () => {
    host.call('sensor_run', false);
    const waited = msOf(() => fails('sensor_snapshot', 'RuntimeError', 'Sensor timeout!'));
    expect(waited).toBe(300);
    setUp();
    host.call('sensor_run', false);
    host.call('sensor_run', true);
    expect(host.call('sensor_snapshot')).toBeGreaterThan(0);
  });
});

test('mirrored and flipped until the next reset', () => {
  const halves = Uint8Array.from({ length: 64 }, (_, at) => (at % 8 < 4 ? 1 : 2) + (at < 32 ? 0 : 10));
  const camera = {
    ...CAMERA,
    count: 1,
    frame: () => ({ width: 8, height: 8, channels: 1 as const, pixels: halves }),
  };
  host = visionHost('maixpy', {}, camera);
  const corners = () => {
    host.call('sensor_set_pixformat', GREY);
    host.call('sensor_set_framesize', 'QQVGA');
    host.call('sensor_set_windowing', 0, 0, 8, 8);
    const pixels = host.pixels(host.call('sensor_snapshot'));
    return [pixels[0], pixels[7], pixels[56]];
  };
  host.call('sensor_reset');
  expect(corners()).toEqual([1, 2, 11]);
  host.call('sensor_set_hmirror', true);
  expect(corners()).toEqual([2, 1, 12]);
  host.call('sensor_set_vflip', true);
  expect(corners()).toEqual([12, 11, 2]);
  host.call('sensor_reset');
  expect(corners()).toEqual([1, 2, 11]);
});

describe('planes for the accelerator', () => {
  test('MaixPy: a snapshot has them, grey ones in the image itself', () => {
    const image = host.call('sensor_snapshot');
    const input = host.hardware.images!.acceleratorInputOf(image)!;
    expect([input.channels, [...input.bytes]]).toEqual([1, Array(64).fill(10)]);
    host.call('image_invert', image);
    expect(host.hardware.images!.acceleratorInputOf(image)!.bytes[0]).toBe(245);
  });

  test('MaixPy: three planes of colours', () => {
    setUp('maixpy', COLOUR);
    const input = host.hardware.images!.acceleratorInputOf(host.call('sensor_snapshot'))!;
    expect([input.channels, input.bytes.length]).toEqual([3, 192]);
  });

  test('OpenMV has none', () => {
    setUp('openmv');
    expect(host.hardware.images!.acceleratorInputOf(host.call('sensor_snapshot'))).toBeUndefined();
  });
});
