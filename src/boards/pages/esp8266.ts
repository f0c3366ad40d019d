import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';
import { doubtOfEstimate, estimatedAccess } from '../board/page-fields.ts';

/** ESP8266 NodeMCU: an Xtensa L106 at 80 MHz without floating point; nobody published a time of a network on it. */
export const ESP8266: BoardFile = {
  id: 'esp8266',
  name: 'ESP8266 NodeMCU',
  soc: 'Espressif ESP8266',
  summary: 'an Xtensa L106 at 80 MHz without floating point; nobody published a time of a network on it',
  core: 'xtensa-l106',
  libraries: ['tflm-reference'],
  runtime: 'tflm-invoke',
  clocks: [{ id: 'core', hz: constant(80e6, 'Hz', 'ESP8266EX data sheet: 80 MHz', 'documented') }],
  memories: [
    {
      id: 'dram',
      kind: 'ram',
      availableBytes: constant(
        50 * 1024,
        'bytes',
        'ESP8266EX data sheet: about 50 KiB for a program',
        'documented',
      ),
    },
    {
      id: 'spi-flash',
      kind: 'flash',
      availableBytes: constant(4096 * 1024, 'bytes', 'NodeMCU: 4 MiB', 'documented'),
      accessNs: estimatedAccess(60, 'serial flash behind 32 KiB of cache'),
    },
  ],
  placement: { weights: 'spi-flash', activations: 'dram', image: 'dram' },
  doubt: doubtOfEstimate('no published row, and no kernel of its core was counted', 2),
};
