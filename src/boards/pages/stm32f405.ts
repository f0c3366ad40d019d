import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';
import { doubtOfEstimate, estimatedAccess } from '../board/page-fields.ts';

/** Feather STM32F405: a Cortex-M4 at 168 MHz; nobody published a time of a network on it. */
export const STM32F405: BoardFile = {
  id: 'stm32f405',
  name: 'Feather STM32F405',
  soc: 'STMicroelectronics STM32F405RG',
  summary: 'a Cortex-M4 at 168 MHz; nobody published a time of a network on it',
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
  clocks: [{ id: 'core', hz: constant(168e6, 'Hz', 'RM0090: 168 MHz', 'documented') }],
  memories: [
    {
      id: 'sram',
      kind: 'ram',
      availableBytes: constant(128 * 1024, 'bytes', 'RM0090: 128 KiB', 'documented'),
    },
    {
      id: 'flash',
      kind: 'flash',
      availableBytes: constant(1024 * 1024, 'bytes', 'RM0090: 1024 KiB', 'documented'),
      accessNs: estimatedAccess(8),
    },
  ],
  placement: { weights: 'flash', activations: 'sram', image: 'sram' },
  doubt: doubtOfEstimate(),
};
