import { POPULATION_PERCENT } from './held-out-percent.ts';

/** Rows of data/measured.csv behind each board, as data/measured-ids.csv maps them; boards without one are left out. */
export const MEASURED_ROWS: Readonly<Record<string, number>> = {
  'alif-ensemble-e8': 7,
  'arduino-nano-33-ble': 14,
  'b-u585i-iot02a': 10,
  esp32: 16,
  'esp32-p4': 24,
  'esp32-s3': 48,
  'feather-m4-express': 9,
  'gap9-evk': 6,
  maixduino: 62,
  'nrf52840-dk': 1,
  'nrf5340-dk': 6,
  'nucleo-f429zi': 1,
  'nucleo-f746zg': 24,
  'nucleo-g0b1re': 6,
  'nucleo-h743zi': 53,
  'nucleo-h743zi2': 9,
  'nucleo-h7a3zi-q': 32,
  'nucleo-l4r5zi': 73,
  'nucleo-u385rg-q': 4,
  'nucleo-u575zi-q': 27,
  'numaker-m467hj': 3,
  'openmv-h7-plus': 10,
  'raspberry-pi-pico': 10,
  'sam-v71-xplained': 1,
  'samd21-xplained-pro': 1,
  'sony-spresense': 2,
  stm32f401: 2,
  'stm32f429i-disc1': 2,
  'stm32f746g-disco': 31,
  'stm32h747i-disco': 30,
  'stm32l476g-disco': 7,
  'stm32n6570-dk': 29,
  'teensy-40': 8,
  'waveshare-rp2350-plus': 5,
  'xg24-dk2601b': 270,
};

/**
 * Median error in percent of each board's rows, predicted by a fit that has not seen them; where one was made. The first
 * two are of their own fits.
 */
export const HELD_OUT_PERCENT: Readonly<Record<string, number>> = {
  ...POPULATION_PERCENT,
  maixduino: 0.62,
  'openmv-h7-plus': 0.33,
};
