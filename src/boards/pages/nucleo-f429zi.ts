import type { BoardFile } from '../board/board-file.ts';
import { constant } from '../board/constant.ts';
import { doubtOfEstimate } from '../board/page-fields.ts';
import { STM32F429 } from '../socs/stm32f429.ts';

/** NUCLEO-F429ZI: a Cortex-M4 at 180 MHz; weights in flash behind its accelerator. */
export const NUCLEO_F429ZI: BoardFile = {
  id: 'nucleo-f429zi',
  name: 'NUCLEO-F429ZI',
  soc: 'STMicroelectronics STM32F429ZI',
  summary: 'a Cortex-M4 at 180 MHz; weights in flash behind its accelerator',
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
  clocks: [{ id: 'core', hz: constant(180e6, 'Hz', 'RM0090: 180 MHz', 'documented') }],
  ...STM32F429,
  doubt: doubtOfEstimate('one published row, of a network of 288 multiply-accumulates'),
};
