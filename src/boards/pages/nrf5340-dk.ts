import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';
import { doubtOfRows, estimatedAccess } from '../board/page-fields.ts';

/** nRF5340-DK: the application core, a Cortex-M33, at 128 MHz; weights in flash behind 8 KiB of cache. */
export const NRF5340_DK: BoardFile = {
  id: 'nrf5340-dk',
  name: 'nRF5340-DK',
  soc: 'Nordic nRF5340',
  summary: 'the application core, a Cortex-M33, at 128 MHz; weights in flash behind 8 KiB of cache',
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
  clocks: [{ id: 'core', hz: constant(128e6, 'Hz', 'product specification: 128 MHz', 'documented') }],
  memories: [
    {
      id: 'sram',
      kind: 'ram',
      availableBytes: constant(512 * 1024, 'bytes', 'product specification: 512 KiB', 'documented'),
    },
    {
      id: 'flash',
      kind: 'flash',
      availableBytes: constant(1024 * 1024, 'bytes', 'product specification: 1 MiB', 'documented'),
      accessNs: estimatedAccess(
        4,
        'cache of 8 KiB before the flash of the application core; the share that misses is not published',
      ),
    },
  ],
  placement: { weights: 'flash', activations: 'sram', image: 'sram' },
  doubt: doubtOfRows(6),
};
