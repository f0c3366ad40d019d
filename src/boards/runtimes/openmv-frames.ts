import { constant } from '../board/constant.ts';
import type { FramePath } from '../board/frame-path.ts';

const DRIVER = 'openmv/openmv v3.9.2 sensors/ov5640.c';
const CLOCKS = 'pixel clocks per line';

/** Camera and shield under OpenMV 3.8 and 3.9. */
export const OPENMV_FRAMES: FramePath = {
  sensors: [
    {
      id: 'ov5640',
      kind: 'readout',
      pixelHz: constant(80e6, 'Hz', `${DRIVER}:669-673, silicon revision V`, 'documented'),
      mostHalvedWidth: constant(1296, 'pixels', `${DRIVER}:821 on`, 'documented'),
      mostHalvedHeight: constant(972, 'pixels', `${DRIVER}:821 on`, 'documented'),
      lineClocks: constant(2608, CLOCKS, `${DRIVER}:729-742: active width and 16`, 'documented'),
      lines: constant(1952, 'lines', `${DRIVER}:748-751: active height and 8`, 'documented'),
      narrowWidth: constant(640, 'pixels', `${DRIVER}:729-742`, 'documented'),
      twoClocksWidth: constant(1280, 'pixels', `${DRIVER}:729-742`, 'documented'),
      narrowClocks: constant(160, CLOCKS, `${DRIVER}:729-742`, 'documented'),
      blankClocks: constant(252, CLOCKS, `${DRIVER}:729-742`, 'documented'),
      leastLineClocks: constant(1438, CLOCKS, `${DRIVER}:24-41`, 'documented'),
      blankLines: constant(24, 'lines', `${DRIVER}:748-751`, 'documented'),
      leastLines: constant(248, 'lines', `${DRIVER}:748-751`, 'documented'),
    },
  ],
  buffers: constant(
    1,
    'frames',
    'openmv/openmv v3.8.0 to v3.9.4 ports/stm32/sensor.c:1251-1569: one frame buffer for snapshot; v4.0 takes three',
    'documented',
  ),
  mostBuffers: constant(3, 'frames', 'openmv/openmv v4.0.0 imlib/framebuffer.c:336-352', 'documented'),
  colourBytes: constant(
    4,
    'bytes per pixel',
    'RGB565 stored through a cache that fetches each line before it writes it back',
    'estimated',
  ),
  greyBytes: constant(2, 'bytes per pixel', 'a byte through the same cache', 'estimated'),
  lineInterruptCycles: constant(
    480,
    'core cycles per line',
    'sensor.c:1095-1247: an interrupt a line, 1 us; its copy overlaps the wait for the frame',
    'estimated',
  ),
  frameInterruptCycles: constant(480, 'core cycles per interrupt', 'as at a line', 'estimated'),
  memory: 'sdram',
  burstBytes: constant(32, 'bytes per burst', 'a line of the data cache', 'documented'),
  burstCycles: constant(
    48,
    'core cycles per burst',
    'open row: CAS 2 and 8 beats at 100 MHz are 48 core cycles at 480 MHz',
    'documented',
  ),
  screenClock: {
    askedHz: constant(
      128 * 160 * 60 * 16,
      'Hz',
      'openmv/openmv v3.9.2 ports/stm32/modules/py_lcd.c:111: 60 refreshes of 128 x 160 pixels of 16 bits',
      'documented',
    ),
    sourceHz: constant(160e6, 'Hz', 'omv_boardconfig.h: PLL3P, 12 MHz / 3 x 80 / 2', 'documented'),
    divider: 'power of two',
  },
  screenBytesPerClock: constant(1 / 8, 'bytes per clock', 'py_lcd.c:309-312: one data line', 'documented'),
  loopCores: constant(1, 'cores', 'the chip runs one core', 'documented'),
  fasterScreenHz: constant(20e6, 'Hz', 'py_lcd.c:111 with refresh=120', 'documented'),
};
