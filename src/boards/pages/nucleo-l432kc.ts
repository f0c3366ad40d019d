import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';
import { doubtOfEstimate, estimatedAccess } from '../board/page-fields.ts';

/** NUCLEO-L432KC: a Cortex-M4 at 80 MHz; nobody published a time of a network on it. */
export const NUCLEO_L432KC: BoardFile = {
  id: 'nucleo-l432kc',
  name: 'NUCLEO-L432KC',
  soc: 'STMicroelectronics STM32L432KC',
  summary: 'a Cortex-M4 at 80 MHz; nobody published a time of a network on it',
  core: 'cortex-m4',
  libraries: [
    'cmsis-nn',
    'cmsis-nn-Os',
    'cmsis-nn-O3',
    'tflm-reference',
    'tflm-reference-Os',
    'tflm-reference-O3',
  ],
  runtime: 'tflm-invoke',
  clocks: [{ id: 'core', hz: constant(80e6, 'Hz', 'RM0394: 80 MHz', 'documented') }],
  memories: [
    { id: 'sram', kind: 'ram', availableBytes: constant(64 * 1024, 'bytes', 'RM0394: 64 KiB', 'documented') },
    {
      id: 'flash',
      kind: 'flash',
      availableBytes: constant(256 * 1024, 'bytes', 'RM0394: 256 KiB', 'documented'),
      accessNs: estimatedAccess(8),
    },
  ],
  placement: { weights: 'flash', activations: 'sram', image: 'sram' },
  doubt: doubtOfEstimate(),
};
