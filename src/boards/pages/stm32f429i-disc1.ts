import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';

/** STM32F429I-DISC1: a Cortex-M4 at 168 MHz; weights in flash behind its accelerator. */
export const STM32F429I_DISC1: BoardFile = {
  id: 'stm32f429i-disc1',
  name: 'STM32F429I-DISC1',
  soc: 'STMicroelectronics STM32F429ZI',
  summary: 'a Cortex-M4 at 168 MHz; weights in flash behind its accelerator',
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
  clocks: [
    {
      id: 'core',
      hz: constant(168e6, 'Hz', 'reymor/stm32f429-tflite-micro-mnist states 168 MHz', 'documented'),
    },
  ],
  memories: [
    {
      id: 'sram',
      kind: 'ram',
      availableBytes: constant(192 * 1024, 'bytes', 'RM0090: 192 KiB beside 64 of CCM', 'documented'),
    },
    {
      id: 'flash',
      kind: 'flash',
      availableBytes: constant(2048 * 1024, 'bytes', 'RM0090: 2 MiB', 'documented'),
      accessNs: constant(
        5,
        'ns per access, a word of a sequence on average',
        'five wait states for 128 bits; the accelerator hides part',
        'estimated',
      ),
    },
  ],
  placement: { weights: 'flash', activations: 'sram', image: 'sram' },
  doubt: { factor: 1.6, grade: 'estimate', source: 'two published rows of one network, second hand' },
};
