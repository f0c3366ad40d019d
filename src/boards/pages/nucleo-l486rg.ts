import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';
import { doubtOfEstimate, estimatedAccess } from '../board/page-fields.ts';

/** NUCLEO-L486RG: a Cortex-M4 at 80 MHz; nobody published a time of a network on it. */
export const NUCLEO_L486RG: BoardFile = {
  id: 'nucleo-l486rg',
  name: 'NUCLEO-L486RG',
  soc: 'STMicroelectronics STM32L486RG',
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
  clocks: [{ id: 'core', hz: constant(80e6, 'Hz', 'RM0351: 80 MHz', 'documented') }],
  memories: [
    { id: 'sram', kind: 'ram', availableBytes: constant(96 * 1024, 'bytes', 'RM0351: 96 KiB', 'documented') },
    {
      id: 'flash',
      kind: 'flash',
      availableBytes: constant(1024 * 1024, 'bytes', 'RM0351: 1024 KiB', 'documented'),
      accessNs: estimatedAccess(8),
    },
  ],
  placement: { weights: 'flash', activations: 'sram', image: 'sram' },
  doubt: doubtOfEstimate(),
};
