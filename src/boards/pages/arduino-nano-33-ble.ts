import type { BoardFile } from '../board/board-file.ts';
import { doubtOfRows } from '../board/page-fields.ts';
import { NRF52840 } from '../socs/nrf52840.ts';

/** Arduino Nano 33 BLE: a Cortex-M4 at 64 MHz; weights in flash. */
export const ARDUINO_NANO_33_BLE: BoardFile = {
  id: 'arduino-nano-33-ble',
  name: 'Arduino Nano 33 BLE',
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
  doubt: doubtOfRows(14),
};
