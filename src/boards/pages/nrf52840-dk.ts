import type { BoardFile } from '../board/board-file.ts';
import { doubtOfEstimate } from '../board/page-fields.ts';
import { NRF52840 } from '../socs/nrf52840.ts';

/** nRF52840-DK: a Cortex-M4 at 64 MHz; weights in flash. */
export const NRF52840_DK: BoardFile = {
  id: 'nrf52840-dk',
  name: 'nRF52840-DK',
  soc: 'Nordic nRF52840',
  summary: 'a Cortex-M4 at 64 MHz; weights in flash',
  core: 'cortex-m4',
  libraries: [
    'tflm-reference',
    'tflm-reference-Os',
    'tflm-reference-O3',
    'cmsis-nn',
    'cmsis-nn-Os',
    'cmsis-nn-O3',
  ],
  runtime: 'tflm-invoke',
  ...NRF52840,
  doubt: doubtOfEstimate('one published row, of a network of 288 multiply-accumulates'),
};
