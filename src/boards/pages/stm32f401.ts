import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';
import { doubtOfEstimate, estimatedAccess } from '../board/page-fields.ts';

/** STM32F401: a Cortex-M4 at 84 MHz; weights in flash behind its accelerator. */
export const STM32F401: BoardFile = {
  id: 'stm32f401',
  name: 'STM32F401',
  soc: 'STMicroelectronics STM32F401',
  summary: 'a Cortex-M4 at 84 MHz; weights in flash behind its accelerator',
  core: 'cortex-m4',
  libraries: [
    'cmsis-nn',
    'cmsis-nn-Os',
    'cmsis-nn-O3',
    'tflm-reference',
    'tflm-reference-Os',
    'tflm-reference-O3',
  ],
  runtime: 'vendor-call',
  clocks: [{ id: 'core', hz: constant(84e6, 'Hz', 'RM0368: 84 MHz', 'documented') }],
  memories: [
    { id: 'sram', kind: 'ram', availableBytes: constant(96 * 1024, 'bytes', 'RM0368: 96 KiB', 'documented') },
    {
      id: 'flash',
      kind: 'flash',
      availableBytes: constant(512 * 1024, 'bytes', 'RM0368: 512 KiB', 'documented'),
      accessNs: estimatedAccess(6, 'two wait states at 84 MHz; the accelerator hides part'),
    },
  ],
  placement: { weights: 'flash', activations: 'sram', image: 'sram' },
  doubt: doubtOfEstimate('two published rows of one small network'),
};
