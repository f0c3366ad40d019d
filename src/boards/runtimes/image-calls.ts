import { constant } from '../board/constant.ts';
import type { Constant } from '../board/board.ts';

type Prices = Readonly<Record<string, Constant>>;

const PER_CALL = 'core cycles per call';
const PER_PIXEL = 'core cycles per pixel';
const PER_SPAN = 'core cycles per span';
const SPAN = 'imlib_find_blobs: sums of a filled row, its place on the stack';

/** Core cycles a call of an image function, and a pixel of its loop, counted from the loops of the sources by eye. */
function loops(callCycles: number, pixelCycles: Readonly<Record<string, number>>, core: string): Prices {
  const pixels = Object.entries(pixelCycles).map(([kind, cycles]) => {
    const source = `instructions of the loop in imlib and py_image.c, estimated by reading, on ${core}`;
    return [`image.${kind}.pixel`, constant(cycles, PER_PIXEL, source, 'estimated')] as const;
  });
  const call = 'arguments read, one object made';
  return {
    'image.call': constant(callCycles, PER_CALL, call, 'estimated'),
    ...Object.fromEntries(pixels),
  };
}

/**
 * Image, sensor and display functions under MaixPy, in core cycles: `image.resize.pixel` a pixel of the result,
 * `image.box.pixel` a pixel that a mean reads.
 */
export const MAIXPY_IMAGE_CALLS: Prices = {
  'image.span': constant(120, PER_SPAN, SPAN, 'estimated'),
  ...loops(
    3000,
    {
      fill: 1,
      load: 120,
      copy: 8,
      convert: 45,
      resize: 160,
      box: 8,
      math: 20,
      planes: 12,
      draw: 25,
      lab: 60,
      flood: 70,
    },
    'an in-order core with single-precision floats and caches of 32 KiB',
  ),
  'sensor.snapshot': constant(4000, PER_CALL, 'state checked, one object made', 'estimated'),
  'sensor.grey.pixel': constant(
    0,
    PER_PIXEL,
    'sensor_snapshot of MaixPy: a grey image lies where the camera port wrote it, nothing is moved',
    'documented',
  ),
  'sensor.colour.pixel': constant(
    (1.7e-3 * 400e6) / (320 * 240),
    PER_PIXEL,
    'sensor.c of MaixPy, comment in reverse_u32pixel: 1.7 ms for a QVGA frame at 400 MHz',
    'measured',
  ),
  'lcd.call': constant(20_000, PER_CALL, 'window of the controller set by three commands', 'estimated'),
  'lcd.pixel': constant(
    (2 * 400e6) / 15e6,
    PER_PIXEL,
    'py_lcd.c of MaixPy: two bytes a pixel on an 8-bit bus at 15 MHz, the core waits (at 400 MHz)',
    'documented',
  ),
};

/** Waits of MaixPy's devices, in ms. */
export const MAIXPY_IMAGE_WAITS: Prices = {
  'sensor.frame': constant(
    1000 / 30,
    'ms per frame',
    'OV2640 at 24 MHz: 30 frames a second up to SVGA (data sheet); drivers and light change it',
    'estimated',
  ),
  'sensor.reset': constant(
    400,
    'ms per call',
    'power-down and reset pulses, some 200 registers with pauses',
    'estimated',
  ),
  'sensor.setting': constant(5, 'ms per call', 'some ten registers over a 100 kHz bus', 'estimated'),
  'lcd.init': constant(
    350,
    'ms per call',
    'reset, sleep out and display on with their pauses of 100 ms and more',
    'estimated',
  ),
};

/** Image, sensor and display functions under OpenMV, in core cycles. */
export const OPENMV_IMAGE_CALLS: Prices = {
  'image.span': constant(350, PER_SPAN, `${SPAN}; 20 corners of two products each`, 'estimated'),
  ...loops(
    1000,
    { fill: 1, load: 60, copy: 4, convert: 12, resize: 20, math: 5, planes: 0, draw: 12, lab: 16, flood: 20 },
    'a dual-issue core with images in SDRAM behind a cache of 16 KiB',
  ),
  'sensor.snapshot': constant(2000, PER_CALL, 'state checked, one object made', 'estimated'),
  'sensor.grey.pixel': constant(
    2,
    PER_PIXEL,
    'sensor.c of OpenMV: lines are copied out of the line buffer',
    'estimated',
  ),
  'sensor.colour.pixel': constant(
    4,
    PER_PIXEL,
    'sensor.c of OpenMV: lines are copied out of the line buffer, bytes swapped',
    'estimated',
  ),
  'lcd.call': constant(10_000, PER_CALL, 'window of the controller set by three commands', 'estimated'),
  'lcd.pixel': constant(
    (16 * 480e6) / 30e6,
    PER_PIXEL,
    'LCD shield: 16 bits a pixel over SPI at 30 MHz (at 480 MHz)',
    'estimated',
  ),
};

/** Waits of OpenMV's devices, in ms. */
export const OPENMV_IMAGE_WAITS: Prices = {
  'sensor.frame': constant(
    1000 / 28.6,
    'ms per frame',
    'forums.openmv.io thread 2045: 28.6 frames a second of the H7 Plus with its OV5640 at HD, whatever the window; smaller frames ' +
      'may come faster',
    'measured',
  ),
  'sensor.reset': constant(200, 'ms per call', 'reset pulses, some 200 registers with pauses', 'estimated'),
  'sensor.setting': constant(10, 'ms per call', 'some ten registers over a 100 kHz bus', 'estimated'),
  'lcd.init': constant(250, 'ms per call', 'reset and sleep out with pauses of 120 ms', 'estimated'),
};
