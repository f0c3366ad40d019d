import { describe, expect, it, test } from 'vitest';
import { boardById } from '../../boards/index.ts';
import { FrameBuffers } from './frame-buffers.ts';
import { framePathOf } from './frames-of-board.ts';
import { peripheralHz } from './peripheral-clock.ts';
import { cameraHz, sensorOf, sensorTiming } from './sensor-timing.ts';

const k210 = framePathOf(boardById('maixduino'));
const openmv = framePathOf(boardById('openmv-h7-plus'));

// docs/hardware/camera-and-screen.md, clocks.
describe('clocks that dividers make', () => {
  it.each([
    [416, 24, 26],
    [416, 20, 20.8],
    [416, 12, 11.56],
    [400, 24, 25],
    [400, 20, 20],
    [400, 12, 12.5],
  ])('core %i MHz: a camera that asks for %i MHz gets %f', (coreMhz, askedMhz, realMhz) => {
    expect(cameraHz(k210, coreMhz * 1e6, askedMhz * 1e6) / 1e6).toBeCloseTo(realMhz, 2);
  });

  it.each([
    [416, 16],
    [400, 15.4],
  ])('core %i MHz: the screen that asks for 15 MHz gets %f', (coreMhz, realMhz) => {
    expect(peripheralHz(k210.screenClock, 15e6, coreMhz * 1e6) / 1e6).toBeCloseTo(realMhz, 1);
  });

  it.each([
    [60, 10],
    [30, 5],
    [120, 20],
  ])('a shield that is refreshed %i times a second gets %i MHz', (refresh, realMhz) => {
    expect(peripheralHz(openmv.screenClock, 128 * 160 * 16 * refresh, 480e6)).toBe(realMhz * 1e6);
  });

  it('refuses one of 0 Hz', () => {
    expect(() => peripheralHz(k210.screenClock, 0, 400e6)).toThrow('above 0 Hz, got 0');
  });
});

// The same page, frame time of the sensor: HTS, VTS and ms.
it.each([
  [320, 240, true, 21.45],
  [640, 480, false, 21.45],
  [800, 600, true, 23.25],
  [800, 600, false, 23.25],
  [1280, 720, true, 35.25],
  [1280, 1024, false, 70.64],
  [2592, 1944, false, 70.64],
  [2592, 1944, true, 134.5],
])('%i x %i, in colour %s: a frame in %f ms', (width, height, isColour, ms) => {
  const { framePs, activePs } = sensorTiming(openmv.sensors[0], { width, height, isColour }, 0);
  expect(framePs / 1e9).toBeCloseTo(ms, 1);
  expect(activePs).toBeLessThan(framePs);
});

it.each([
  ['gc0328', 24e6, 29.1],
  ['gc0328', 26e6, 31.5],
  ['ov2640', 20e6, 33.3],
  ['ov7740', 24e6, 60],
])('%s at %i Hz sends %f frames a second', (id, hz, fps) => {
  const shape = { width: 320, height: 240, isColour: true };
  expect(1e12 / sensorTiming(sensorOf(k210, id), shape, hz).framePs).toBeCloseTo(fps, 0);
});

describe('frame buffers', () => {
  const numbers = (buffers: FrameBuffers, ...frames: number[]) =>
    frames.filter((frame) => {
      const isTaken = buffers.begin(frame, frame) !== null;
      if (isTaken) buffers.finish(frame);
      return isTaken;
    });

  test('one is filled only for a script that waits', () => {
    const buffers = new FrameBuffers(1);
    expect(numbers(buffers, 0, 1)).toEqual([]);
    buffers.ask();
    expect(numbers(buffers, 2)).toEqual([2]);
    expect([buffers.take()!.number, numbers(buffers, 3)]).toEqual([2, []]);
  });

  test('two stop when one is held and the other is full', () => {
    const buffers = new FrameBuffers(2);
    expect(numbers(buffers, 0, 1, 2)).toEqual([0, 1]);
    buffers.ask();
    expect([buffers.take()!.number, numbers(buffers, 3)]).toEqual([0, []]);
    buffers.ask();
    expect([buffers.take()!.number, numbers(buffers, 4, 5)]).toEqual([1, [4]]);
  });

  test('three go on and give up the oldest', () => {
    const buffers = new FrameBuffers(3);
    expect(numbers(buffers, 0, 1, 2, 3, 4)).toEqual([0, 1, 2, 3, 4]);
    buffers.ask();
    expect(buffers.take()!.number).toBe(2);
  });

  test('nothing begins while a frame is under way', () => {
    const buffers = new FrameBuffers(3);
    buffers.begin(0, 0);
    expect(buffers.begin(1, 1)).toBeNull();
  });
});
