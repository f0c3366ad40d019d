import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';

/** B-U585I-IOT02A: a Cortex-M33 at 160 MHz; weights in flash. */
export const B_U585I_IOT02A: BoardFile = {
  id: 'b-u585i-iot02a',
  name: 'B-U585I-IOT02A',
  soc: 'STMicroelectronics STM32U585AI',
  summary: 'a Cortex-M33 at 160 MHz; weights in flash',
  core: 'cortex-m33',
  libraries: [
    'cmsis-nn',
    'cmsis-nn-Os',
    'cmsis-nn-O3',
    'tflm-reference',
    'tflm-reference-Os',
    'tflm-reference-O3',
  ],
  runtime: 'vendor-call',
  otherRuntimes: ['tflm-invoke'],
  clocks: [{ id: 'core', hz: constant(160e6, 'Hz', 'RM0456: 160 MHz', 'documented') }],
  memories: [
    {
      id: 'sram',
      kind: 'ram',
      availableBytes: constant(
        768 * 1024,
        'bytes',
        'RM0456: 786 KiB, of which 768 in one piece',
        'documented',
      ),
    },
    {
      id: 'flash',
      kind: 'flash',
      availableBytes: constant(2048 * 1024, 'bytes', 'RM0456: 2 MiB', 'documented'),
      accessNs: constant(
        5,
        'ns per access, a word of a sequence on average',
        'four wait states at 160 MHz for 128 bits; instruction cache of 8 KiB, data by the bus',
        'estimated',
      ),
    },
  ],
  placement: { weights: 'flash', activations: 'sram', image: 'sram' },
  doubt: {
    factor: 1.35,
    grade: 'measured',
    source: '10 published rows of data/measured.csv; the spread of boards of one core is 10 to 25 %',
  },
};
