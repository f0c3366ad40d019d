import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';

/** nRF52840-DK: a Cortex-M4 at 64 MHz; weights in flash. */
export const NRF52840_DK: BoardFile = {
  id: 'nrf52840-dk',
  name: 'nRF52840-DK',
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
    factor: 1.6,
    grade: 'estimate',
    source: 'one published row, of a network of 288 multiply-accumulates',
  },
};
