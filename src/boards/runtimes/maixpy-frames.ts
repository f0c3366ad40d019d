import { constant } from '../board/constant.ts';
import type { FramePath, FrameSensor } from '../board/frame-path.ts';

const CLOCKS = 'clocks of the camera port a frame';
const PART = 'part of a frame';

const SENSORS: readonly FrameSensor[] = [
  {
    id: 'gc0328',
    kind: 'clocked',
    frameClocks: constant(
      2 * (0x6a + 66 + 648 + 4) * 500,
      CLOCKS,
      'MaixPy v0.5.0 omv/gc0328.c:91-94: horizontal blanking 0x6a; with the line formula of the sister chip GC0308 ' +
        '(Meano/STFlashRW Config_GC0308.h), 500 lines and a halved clock: 29 frames a second at 24 MHz, +- 10 %',
      'estimated',
    ),
    activePart: constant(
      (500 - 12) / 500,
      PART,
      'vertical blanking 0x0c of 500 lines, as MaixPy v0.5.0 omv/gc0328.c sets it',
      'estimated',
    ),
  },
  {
    id: 'ov2640',
    kind: 'clocked',
    frameClocks: constant(
      30e-3 * 20e6,
      CLOCKS,
      'igrr/esp32-cam-demo issue 63: a frame in about 30 ms at 20 MHz in the SVGA mode, which MaixPy v0.5.0 takes up to ' +
        '800 x 600 (omv/ov2640.c:660-700)',
      'measured',
    ),
    activePart: constant(600 / 672, PART, 'OV2640 data sheet: 600 of the 672 lines of SVGA', 'documented'),
  },
  {
    id: 'ov7740',
    kind: 'clocked',
    frameClocks: constant(
      24e6 / 60,
      CLOCKS,
      'MaixPy v0.5.0 omv/ov7740.c:38: clock register 0x00, commented "60fps", at 24 MHz',
      'documented',
    ),
    activePart: constant(
      480 / 500,
      PART,
      'VGA lines of a sensor with some twenty lines of blanking',
      'estimated',
    ),
  },
];

const ONE_BUFFER =
  'MaixPy v0.5.0 omv/sensor.c has no dual_buff (commit 64e411a, first tag v0.5.1), and later versions have it off by default';

/** Camera and screen under MaixPy 0.5. */
export const MAIXPY_FRAMES: FramePath = {
  sensors: SENSORS,
  cameraClock: {
    askedHz: constant(24e6, 'Hz', 'MaixPy v0.5.0 omv/boards/MAIX/omv_boardconfig.h:60', 'documented'),
    coreDivider: constant(
      2,
      'core clocks of one of APB1',
      'kendryte-standalone-sdk sysctl.c:1407-1410: ACLK over (sel + 1); the reset value of sel was not found',
      'estimated',
    ),
    divider: 'rounded',
  },
  buffers: constant(1, 'frames', ONE_BUFFER, 'documented'),
  mostBuffers: constant(2, 'frames', 'MaixPy v0.5.1 omv/sensor.c:153-205: dual_buff', 'documented'),
  colourBytes: constant(
    5,
    'bytes per pixel',
    'MaixPy v0.5.0 omv/sensor.c:339-340: RGB565 and three planes, both always on',
    'documented',
  ),
  greyBytes: constant(
    5,
    'bytes per pixel',
    'as in colour; whether the camera port still writes its display output for grey frames is not known',
    'estimated',
  ),
  lineInterruptCycles: constant(
    0,
    'core cycles per line',
    'omv/sensor.c:90-103: none at lines',
    'documented',
  ),
  frameInterruptCycles: constant(
    1500,
    'core cycles per interrupt',
    'trap, claim, some registers of the camera port behind a slow bus',
    'estimated',
  ),
  memory: 'sram',
  burstBytes: constant(64, 'bytes per burst', 'a line of the data cache', 'estimated'),
  burstCycles: constant(
    24,
    'core cycles per burst',
    '64 bytes at 2.7 a core cycle: how fast the accelerator fetches parameters from this memory, the fastest stream that ' +
      'was published (nncase issues 77 and 95)',
    'estimated',
  ),
  screenClock: {
    askedHz: constant(15e6, 'Hz', 'MaixPy v0.5.0 config_defaults.mk:21, omv/py/py_lcd.c:114', 'documented'),
    coreDivider: constant(
      1,
      'core clocks of one of SPI0',
      'kendryte-standalone-sdk sysctl.c:1459-1461: PLL0 over 2 (threshold + 1), the threshold taken as 0',
      'estimated',
    ),
    divider: 'even',
  },
  screenBytesPerClock: constant(
    1,
    'bytes per clock',
    'components/drivers/lcd st7789.h:90-92: octal',
    'documented',
  ),
  loopCores: constant(
    2,
    'cores',
    'omv/sensor.c:1065-1085 and components/drivers/lcd/src/lcd.c:334-383: half of each loop runs on core 1',
    'documented',
  ),
  fasterCoreHz: constant(500e6, 'Hz', 'Maix.freq.set of MaixPy: CPU up to 600 MHz, 500 in use', 'documented'),
  fasterScreenHz: constant(
    25e6,
    'Hz',
    'kendryte-standalone-demo face_detect/nt35310.c:54-56: 20 or 25 MHz with this kind of screen',
    'documented',
  ),
};
