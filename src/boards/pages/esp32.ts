import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';
import { doubtOfEstimate, estimatedAccess } from '../board/page-fields.ts';

/** ESP32: one Xtensa LX6 at 240 MHz; weights in serial flash behind 32 KiB of cache. */
export const ESP32: BoardFile = {
  id: 'esp32',
  name: 'ESP32',
  soc: 'Espressif ESP32',
  summary: 'one Xtensa LX6 at 240 MHz; weights in serial flash behind 32 KiB of cache',
  core: 'xtensa-lx6',
  libraries: ['tflm-reference', 'esp-nn'],
  runtime: 'tflm-invoke',
  clocks: [{ id: 'core', hz: constant(240e6, 'Hz', 'ESP32 data sheet: 240 MHz', 'documented') }],
  memories: [
    {
      id: 'dram',
      kind: 'ram',
      availableBytes: constant(
        320 * 1024,
        'bytes',
        'ESP32 data sheet: 520 KiB of SRAM, 320 for data',
        'documented',
      ),
    },
    {
      id: 'spi-flash',
      kind: 'flash',
      availableBytes: constant(4096 * 1024, 'bytes', 'ESP32-WROOM-32 data sheet: 4 MiB', 'documented'),
      accessNs: estimatedAccess(20, 'serial flash behind 32 KiB of cache'),
    },
  ],
  placement: { weights: 'spi-flash', activations: 'dram', image: 'dram' },
  doubt: doubtOfEstimate('15 published rows, but no kernel of its core was counted', 2),
};
