import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';
import { doubtOfEstimate } from '../board/page-fields.ts';
import { STM32F429 } from '../socs/stm32f429.ts';

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
  ...STM32F429,
  doubt: doubtOfEstimate('two published rows of one network, second hand'),
};
