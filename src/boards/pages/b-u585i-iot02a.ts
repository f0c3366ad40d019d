import type { BoardFile } from '../board/board-file.ts';
import { doubtOfRows } from '../board/page-fields.ts';
import { STM32U5 } from '../socs/stm32u5.ts';

/** B-U585I-IOT02A: a Cortex-M33 at 160 MHz; weights in flash. */
export const B_U585I_IOT02A: BoardFile = {
  id: 'b-u585i-iot02a',
  name: 'B-U585I-IOT02A',
  soc: 'STMicroelectronics STM32U585AI',
  summary: 'a Cortex-M33 at 160 MHz; weights in flash',
  core: 'cortex-m33',
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
  ...STM32U5,
  doubt: doubtOfRows(10),
};
