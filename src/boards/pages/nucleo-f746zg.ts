import type { BoardFile } from '../board/board-file.ts';
import { doubtOfRows } from '../board/page-fields.ts';
import { STM32F746 } from '../socs/stm32f746.ts';

/** NUCLEO-F746ZG: a Cortex-M7 at 216 MHz with caches of 4 KiB; tensors in SRAM. */
export const NUCLEO_F746ZG: BoardFile = {
  id: 'nucleo-f746zg',
  name: 'NUCLEO-F746ZG',
  soc: 'STMicroelectronics STM32F746ZG',
  summary: 'a Cortex-M7 at 216 MHz with caches of 4 KiB; tensors in SRAM',
  core: 'cortex-m7',
  ...STM32F746,
  libraries: [
    'tflm-reference',
    'tflm-reference-Os',
    'tflm-reference-O3',
    'cmsis-nn',
    'cmsis-nn-Os',
    'cmsis-nn-O3',
  ],
  runtime: 'tflm-invoke',
  otherRuntimes: ['vendor-call'],
  doubt: doubtOfRows(24),
};
