import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';

/** Arduino Nano 33 BLE: a Cortex-M4 at 64 MHz; weights in flash. */
export const ARDUINO_NANO_33_BLE: BoardFile = {
  id: 'arduino-nano-33-ble',
  name: 'Arduino Nano 33 BLE',
  soc: 'Nordic nRF52840',
  summary: 'a Cortex-M4 at 64 MHz; weights in flash',
  core: 'cortex-m4',
  libraries: [
    'tflm-reference',
    'tflm-reference-Os',
    'tflm-reference-O3',
    'cmsis-nn',
    'cmsis-nn-Os',
    'cmsis-nn-O3',
  ],
  runtime: 'tflm-invoke',
  clocks: [{ id: 'core', hz: constant(64e6, 'Hz', 'product specification: 64 MHz', 'documented') }],
  memories: [
    {
      id: 'sram',
      kind: 'ram',
      availableBytes: constant(256 * 1024, 'bytes', 'product specification: 256 KiB', 'documented'),
    },
    {
      id: 'flash',
      kind: 'flash',
      availableBytes: constant(1024 * 1024, 'bytes', 'product specification: 1 MiB', 'documented'),
      accessNs: constant(
        8,
        'ns per access, a word of a sequence on average',
        'two wait states at 64 MHz; an instruction cache of 2 KiB, none of data',
        'estimated',
      ),
    },
  ],
  placement: { weights: 'flash', activations: 'sram', image: 'sram' },
  doubt: {
    factor: 1.35,
    grade: 'measured',
    source: '14 published rows of data/measured.csv; the spread of boards of one core is 10 to 25 %',
  },
};
