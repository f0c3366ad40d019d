import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';
import { doubtOfRows, estimatedAccess } from '../board/page-fields.ts';

/** NUCLEO-G0B1RE: a Cortex-M0+ at 64 MHz; weights in flash. */
export const NUCLEO_G0B1RE: BoardFile = {
  id: 'nucleo-g0b1re',
  name: 'NUCLEO-G0B1RE',
  soc: 'STMicroelectronics STM32G0B1RE',
  summary: 'a Cortex-M0+ at 64 MHz; weights in flash',
  core: 'cortex-m0plus',
  libraries: ['cmsis-nn', 'cmsis-nn-Os', 'tflm-reference', 'tflm-reference-Os'],
  runtime: 'vendor-call',
  clocks: [{ id: 'core', hz: constant(64e6, 'Hz', 'RM0444: 64 MHz', 'documented') }],
  memories: [
    {
      id: 'sram',
      kind: 'ram',
      availableBytes: constant(144 * 1024, 'bytes', 'RM0444: 144 KiB', 'documented'),
    },
    {
      id: 'flash',
      kind: 'flash',
      availableBytes: constant(512 * 1024, 'bytes', 'RM0444: 512 KiB', 'documented'),
      accessNs: estimatedAccess(8, 'two wait states at 64 MHz behind a small cache'),
    },
  ],
  placement: { weights: 'flash', activations: 'sram', image: 'sram' },
  doubt: doubtOfRows(6),
};
