import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';

/** NUCLEO-F746ZG: a Cortex-M7 at 216 MHz with caches of 4 KiB; tensors in SRAM. */
export const NUCLEO_F746ZG: BoardFile = {
  id: 'nucleo-f746zg',
  name: 'NUCLEO-F746ZG',
  soc: 'STMicroelectronics STM32F746ZG',
  summary: 'a Cortex-M7 at 216 MHz with caches of 4 KiB; tensors in SRAM',
  core: 'cortex-m7',
  fpu: 'single',
  libraries: [
    'tflm-reference',
    'tflm-reference-Os',
    'tflm-reference-O3',
    'cmsis-nn',
    'cmsis-nn-Os',
    'cmsis-nn-O3',
  ],
  runtime: 'tflm-invoke',
  otherRuntimes: ['vendor-call'],
  clocks: [{ id: 'core', hz: constant(216e6, 'Hz', 'RM0385: 216 MHz', 'documented') }],
  memories: [
    {
      id: 'sram',
      kind: 'ram',
      availableBytes: constant(
        320 * 1024,
        'bytes',
        'RM0385: 64 KiB of DTCM and 256 KiB of SRAM',
        'documented',
      ),
      lineFillNs: constant(
        42,
        'ns per 32-byte line',
        'no published table; first word through the bus, then the beats of a line',
        'estimated',
      ),
    },
    {
      id: 'flash',
      kind: 'flash',
      availableBytes: constant(1024 * 1024, 'bytes', 'RM0385: 1 MiB', 'documented'),
      lineFillNs: constant(
        60,
        'ns per 32-byte line',
        'no published table; first word through the bus, then the beats of a line',
        'estimated',
      ),
    },
  ],
  dataCache: {
    bytes: 4 * 1024,
    ways: 4,
    lineBytes: 32,
    replacement: 'random',
    writeMissesStall: false,
    source:
      'ST data sheet (4 KiB), Arm TRM DDI 0489F (4 ways, lines of 32 bytes); random replacement is inferred',
  },
  codeFetch: {
    missesPerInstruction: constant(
      0.008,
      'misses per instruction',
      'instruction cache of 4 KiB, kernels of 2 to 6 KiB; published times are 7 to 20 % above those of boards with 16 KiB',
      'estimated',
    ),
    missNs: constant(
      60,
      'ns per miss',
      'a line of the flash: seven wait states at 216 MHz, then the bus',
      'estimated',
    ),
  },
  placement: { weights: 'flash', activations: 'sram', image: 'sram' },
  doubt: {
    factor: 1.35,
    grade: 'measured',
    source: '24 published rows of data/measured.csv; the spread of boards of one core is 10 to 25 %',
  },
};
