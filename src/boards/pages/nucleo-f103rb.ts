import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';
import { doubtOfEstimate, estimatedAccess } from '../board/page-fields.ts';

/** NUCLEO-F103RB: a Cortex-M3 at 72 MHz, without DSP and floating point; nobody published a time of a network on it. */
export const NUCLEO_F103RB: BoardFile = {
  id: 'nucleo-f103rb',
  name: 'NUCLEO-F103RB',
  soc: 'STMicroelectronics STM32F103RB',
  summary:
    'a Cortex-M3 at 72 MHz, without DSP and floating point; nobody published a time of a network on it',
  core: 'cortex-m3',
  libraries: ['tflm-reference', 'cmsis-nn'],
  runtime: 'tflm-invoke',
  clocks: [{ id: 'core', hz: constant(72e6, 'Hz', 'RM0008: 72 MHz', 'documented') }],
  memories: [
    { id: 'sram', kind: 'ram', availableBytes: constant(20 * 1024, 'bytes', 'RM0008: 20 KiB', 'documented') },
    {
      id: 'flash',
      kind: 'flash',
      availableBytes: constant(128 * 1024, 'bytes', 'RM0008: 128 KiB', 'documented'),
      accessNs: estimatedAccess(10, 'two wait states at 72 MHz behind a buffer'),
    },
  ],
  placement: { weights: 'flash', activations: 'sram', image: 'sram' },
  doubt: doubtOfEstimate('no published row, and no kernel of its core was counted', 2),
};
