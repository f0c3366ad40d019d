import type { BoardFile } from '../board/board-file.ts';
import { ALIF_ENSEMBLE_E8 } from './alif-ensemble-e8.ts';
import { ARDUINO_NANO_33_BLE } from './arduino-nano-33-ble.ts';
import { B_U585I_IOT02A } from './b-u585i-iot02a.ts';
import { ESP32 } from './esp32.ts';
import { ESP32_P4 } from './esp32-p4.ts';
import { ESP32_S3 } from './esp32-s3.ts';
import { ESP8266 } from './esp8266.ts';
import { FEATHER_M4_EXPRESS } from './feather-m4-express.ts';
import { GAP9_EVK } from './gap9-evk.ts';
import { HIFIVE1_REVB } from './hifive1-revb.ts';
import { MICROBIT_V2 } from './microbit-v2.ts';
import { NRF52840_DK } from './nrf52840-dk.ts';
import { NRF5340_DK } from './nrf5340-dk.ts';
import { NUCLEO_F103RB } from './nucleo-f103rb.ts';
import { NUCLEO_F429ZI } from './nucleo-f429zi.ts';
import { NUCLEO_F722ZE } from './nucleo-f722ze.ts';
import { NUCLEO_F746ZG } from './nucleo-f746zg.ts';
import { NUCLEO_G0B1RE } from './nucleo-g0b1re.ts';
import { NUCLEO_H743ZI } from './nucleo-h743zi.ts';
import { NUCLEO_H743ZI2 } from './nucleo-h743zi2.ts';
import { NUCLEO_H7A3ZI_Q } from './nucleo-h7a3zi-q.ts';
import { NUCLEO_L432KC } from './nucleo-l432kc.ts';
import { NUCLEO_L486RG } from './nucleo-l486rg.ts';
import { NUCLEO_L4R5ZI } from './nucleo-l4r5zi.ts';
import { NUCLEO_U385RG_Q } from './nucleo-u385rg-q.ts';
import { NUCLEO_U575ZI_Q } from './nucleo-u575zi-q.ts';
import { NUMAKER_M467HJ } from './numaker-m467hj.ts';
import { RASPBERRY_PI_PICO } from './raspberry-pi-pico.ts';
import { SAM_V71_XPLAINED } from './sam-v71-xplained.ts';
import { SAMD21_XPLAINED_PRO } from './samd21-xplained-pro.ts';
import { SONY_SPRESENSE } from './sony-spresense.ts';
import { STM32F401 } from './stm32f401.ts';
import { STM32F405 } from './stm32f405.ts';
import { STM32F429I_DISC1 } from './stm32f429i-disc1.ts';
import { STM32F746G_DISCO } from './stm32f746g-disco.ts';
import { STM32H747I_DISCO } from './stm32h747i-disco.ts';
import { STM32L476G_DISCO } from './stm32l476g-disco.ts';
import { STM32N6570_DK } from './stm32n6570-dk.ts';
import { TEENSY_40 } from './teensy-40.ts';
import { WAVESHARE_RP2350_PLUS } from './waveshare-rp2350-plus.ts';
import { XG24_DK2601B } from './xg24-dk2601b.ts';

/** Boards beyond the two that are fitted to their own measurements, a page of data each, by id. */
export const PAGES: readonly BoardFile[] = [
  ALIF_ENSEMBLE_E8,
  ARDUINO_NANO_33_BLE,
  B_U585I_IOT02A,
  ESP32,
  ESP32_P4,
  ESP32_S3,
  ESP8266,
  FEATHER_M4_EXPRESS,
  GAP9_EVK,
  HIFIVE1_REVB,
  MICROBIT_V2,
  NRF52840_DK,
  NRF5340_DK,
  NUCLEO_F103RB,
  NUCLEO_F429ZI,
  NUCLEO_F722ZE,
  NUCLEO_F746ZG,
  NUCLEO_G0B1RE,
  NUCLEO_H743ZI,
  NUCLEO_H743ZI2,
  NUCLEO_H7A3ZI_Q,
  NUCLEO_L432KC,
  NUCLEO_L486RG,
  NUCLEO_L4R5ZI,
  NUCLEO_U385RG_Q,
  NUCLEO_U575ZI_Q,
  NUMAKER_M467HJ,
  RASPBERRY_PI_PICO,
  SAM_V71_XPLAINED,
  SAMD21_XPLAINED_PRO,
  SONY_SPRESENSE,
  STM32F401,
  STM32F405,
  STM32F429I_DISC1,
  STM32F746G_DISCO,
  STM32H747I_DISCO,
  STM32L476G_DISCO,
  STM32N6570_DK,
  TEENSY_40,
  WAVESHARE_RP2350_PLUS,
  XG24_DK2601B,
];
