import { constant } from '../board/constant.ts';
import type { Constant } from '../board/board.ts';

type Prices = Readonly<Record<string, Constant>>;

const PER_CALL = 'core cycles per call';
const PER_PIXEL = 'core cycles per pixel';
const JPEG_LOOPS = 'imlib jpeg.c in software: transform, quantization and codes of an 8x8 block, by reading';
const PER_SPAN = 'core cycles per span';
const SPAN = 'imlib_find_blobs: sums of a filled row, its place on the stack';
const PER_ENTRY = 'core cycles per comparison';
const ENTRY =
  'collections.c, list_pop_front and list_push_back: what is compared leaves the list and comes back behind it, which is a ' +
  'block of the heap freed, another one found, and two copies, by reading';
const PER_BLOB = 'core cycles per blob';

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
  'image.jpeg.pixel': constant(400, PER_PIXEL, JPEG_LOOPS, 'estimated'),
  'image.jpeg.grey.pixel': constant(160, PER_PIXEL, JPEG_LOOPS, 'estimated'),
  'image.span': constant(120, PER_SPAN, SPAN, 'estimated'),
  'image.entry': constant(400, PER_ENTRY, ENTRY, 'estimated'),
  'image.blob': constant(
    1000,
    PER_BLOB,
    'py_image_find_blobs: an entry of the list freed, an object of ten numbers and a float made on the heap, by reading',
    'estimated',
  ),
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
      combine: 55,
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
    6,
    PER_PIXEL,
    'components/drivers/lcd/src/lcd.c:334-383 of MaixPy: two shifts, a load and a store, about 12 cycles with its line ' +
      'fills, half of the pixels on each core',
    'estimated',
  ),
};

/** Waits of MaixPy's devices, in ms. */
export const MAIXPY_IMAGE_WAITS: Prices = {
  'sensor.reset': constant(
    975,
    'ms per call',
    'kendryte-standalone-sdk dvp.c:122-135: four delays of 200 ms; omv/sensor.c:143-330: 100 to 250 ms of probing',
    'documented',
  ),
  'sensor.setting': constant(5, 'ms per call', 'some ten registers over a 100 kHz bus', 'estimated'),
  'lcd.init': constant(
    890,
    'ms per call',
    'components/drivers/lcd/src/st7789.c:40-62 and lcd.c:82-108 of MaixPy v0.5.0: nine sleeps; a clear follows',
    'documented',
  ),
};

/** Image, sensor and display functions under OpenMV, in core cycles. */
export const OPENMV_IMAGE_CALLS: Prices = {
  'image.jpeg.pixel': constant(
    160e-9 * 480e6,
    PER_PIXEL,
    'forums.openmv.io topic 1040, 8: VGA takes the hardware 1 ms and the core, which feeds it, 49 ms',
    'measured',
  ),
  'image.jpeg.grey.pixel': constant(
    (160e-9 * 480e6) / 2,
    PER_PIXEL,
    'half of a colour pixel: one component instead of three, the colours halved',
    'estimated',
  ),
  'image.pair': constant(
    14,
    'core cycles per pair',
    'imlib_get_regression: two differences, two counters of 64 bits read and written, by reading',
    'estimated',
  ),
  'image.edge': constant(
    180,
    'core cycles per edge',
    'imlib_find_lines: an arc tangent with a division, two tables, a cell of SDRAM read and written, by reading',
    'estimated',
  ),
  'image.entry': constant(350, PER_ENTRY, ENTRY, 'estimated'),
  'image.blob': constant(
    20 * 19 * 150,
    PER_BLOB,
    'py_image_find_blobs: point_min_area_rectangle turns 20 corners about each other one, each by a cosf and a sinf of some ' +
      '60 cycles, by reading; the objects made are little beside it',
    'estimated',
  ),
  'image.span': constant(350, PER_SPAN, `${SPAN}; 20 corners of two products each`, 'estimated'),
  ...loops(
    1000,
    {
      fill: 1,
      load: 60,
      copy: 4,
      convert: 12,
      resize: 20,
      math: 5,
      planes: 0,
      draw: 12,
      lab: 16,
      flood: 20,
      combine: 14,
      lens: 22,
    },
    'a dual-issue core with images in SDRAM behind a cache of 16 KiB',
  ),
  'sensor.snapshot': constant(2000, PER_CALL, 'state checked, one object made', 'estimated'),
  'sensor.grey.pixel': constant(
    0,
    PER_PIXEL,
    'ports/stm32/sensor.c:1095-1247 of OpenMV v3.9.2: each line is copied as it comes, while the core waits for the frame',
    'documented',
  ),
  'sensor.colour.pixel': constant(
    0,
    PER_PIXEL,
    'ports/stm32/sensor.c:1095-1247 of OpenMV v3.9.2: each line is copied as it comes, while the core waits for the frame',
    'documented',
  ),
  'lcd.call': constant(10_000, PER_CALL, 'window of the controller set by three commands', 'estimated'),
  'lcd.pixel': constant(
    12,
    PER_PIXEL,
    'ports/stm32/modules/py_lcd.c:309-375 of OpenMV v3.9.2: each line is scaled and converted before it is sent',
    'estimated',
  ),
};

/** Waits of OpenMV's devices, in ms. */
export const OPENMV_IMAGE_WAITS: Prices = {
  'sensor.reset': constant(200, 'ms per call', 'reset pulses, some 200 registers with pauses', 'estimated'),
  'sensor.setting': constant(10, 'ms per call', 'some ten registers over a 100 kHz bus', 'estimated'),
  'lcd.init': constant(250, 'ms per call', 'reset and sleep out with pauses of 120 ms', 'estimated'),
};
