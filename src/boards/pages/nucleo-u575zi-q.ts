import type { BoardFile } from '../board/board-file.ts';
import { doubtOfRows } from '../board/page-fields.ts';
import { STM32U5 } from '../socs/stm32u5.ts';

/** NUCLEO-U575ZI-Q: a Cortex-M33 at 160 MHz; weights in flash. */
export const NUCLEO_U575ZI_Q: BoardFile = {
  id: 'nucleo-u575zi-q',
  name: 'NUCLEO-U575ZI-Q',
  soc: 'STMicroelectronics STM32U575ZI',
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
  doubt: doubtOfRows(24),
};
