import type { BoardFile } from '../board/board-file.ts';
import { doubtOfRows } from '../board/page-fields.ts';
import { STM32F746 } from '../socs/stm32f746.ts';

/** STM32F746G-DISCO: a Cortex-M7 at 216 MHz with caches of 4 KiB; tensors in SRAM. */
export const STM32F746G_DISCO: BoardFile = {
  id: 'stm32f746g-disco',
  name: 'STM32F746G-DISCO',
  soc: 'STMicroelectronics STM32F746NG',
  summary: 'a Cortex-M7 at 216 MHz with caches of 4 KiB; tensors in SRAM',
  core: 'cortex-m7',
  ...STM32F746,
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
  doubt: doubtOfRows(34),
};
