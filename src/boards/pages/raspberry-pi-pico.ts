import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';
import { doubtOfRows, estimatedAccess } from '../board/page-fields.ts';

/** Raspberry Pi Pico: a Cortex-M0+ at 133 MHz; code and weights in quad flash behind 16 KiB of cache. */
export const RASPBERRY_PI_PICO: BoardFile = {
  id: 'raspberry-pi-pico',
  name: 'Raspberry Pi Pico',
  soc: 'Raspberry Pi RP2040',
  summary: 'a Cortex-M0+ at 133 MHz; code and weights in quad flash behind 16 KiB of cache',
  core: 'cortex-m0plus',
  libraries: ['tflm-reference', 'tflm-reference-Os', 'cmsis-nn', 'cmsis-nn-Os'],
  runtime: 'tflm-invoke',
  clocks: [{ id: 'core', hz: constant(133e6, 'Hz', 'RP2040 data sheet: 133 MHz', 'documented') }],
  memories: [
    {
      id: 'sram',
      kind: 'ram',
      availableBytes: constant(264 * 1024, 'bytes', 'RP2040 data sheet: 264 KiB', 'documented'),
    },
    {
      id: 'qspi-flash',
      kind: 'flash',
      availableBytes: constant(2048 * 1024, 'bytes', 'Raspberry Pi Pico data sheet: 2 MiB', 'documented'),
      accessNs: estimatedAccess(30, 'quad flash behind 16 KiB of cache for code and data'),
    },
  ],
  placement: { weights: 'qspi-flash', activations: 'sram', image: 'sram' },
  doubt: doubtOfRows(9),
};
