import { readFileSync } from 'node:fs';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { boardOf, identityOf } from './row-identity.ts';

const ROW = {
  board: 'NUCLEO-L4R5ZI',
  soc: 'STM32L4R5ZI',
  core: 'Cortex-M4',
  dtype: 'int8',
  notes: '',
  accelerator: '',
};

test.each([
  ['X-CUBE-AI 7.1.0', 'X-CUBE-AI', 'x-cube-ai', '7.1'],
  ['STM32Cube.AI 10.0.0', 'X-CUBE-AI', 'x-cube-ai', '10.0'],
  ['Bosch HALE 1.0.175', 'HALE', 'hale', '1.0'],
  ['Plumerai Inference Engine 2023.05', 'Plumerai', 'plumerai', '2023.05'],
  ['microTVM', 'CMSIS-NN', 'cmsis-nn', 'microtvm'],
  ['TFLite Micro', 'not stated', 'tflm-unknown', 'tflite-micro'],
  ['TFLite Micro', 'CMSIS-NN@v5', 'cmsis-nn', 'tflite-micro-v5'],
])('%s with kernels %s is %s of version %s', (framework, kernels, engine, version) => {
  expect(identityOf({ ...ROW, framework, kernels })).toMatchObject({ engine, version });
});

test('chips of one line are a family, whatever the board', () => {
  const family = (board: string, soc: string) =>
    identityOf({ ...ROW, board, soc, framework: '', kernels: '' }).family;
  expect(family('NUCLEO-U575ZI-Q', 'STM32U575ZI')).toBe(family('B-U585I-IOT02A', 'STM32U585AI'));
});

test('how an engine was set up is read from the framework or the notes', () => {
  const hale = { ...ROW, framework: 'Bosch HALE 1.0', kernels: 'HALE', notes: 'variant max_performance' };
  expect(identityOf(hale).variant).toBe('max_performance');
  expect(identityOf({ ...ROW, framework: 'X-CUBE-AI 8.1 (ram)', kernels: 'X-CUBE-AI' }).variant).toBe('ram');
});

test('a board of the table has the id that the table of ids gives it', () => {
  const url = new URL('../../../data/measured-ids.csv', import.meta.url);
  const { data } = Papa.parse<Record<string, string>>(readFileSync(url, 'utf8').trimEnd(), { header: true });
  // Their own boards here: other memory, another shop's carrier, another supply.
  const own = /K210|Sipeed|XIAO|OpenMV|xG24|GAP9|Alif|STM32L476/;
  const mapped = data.filter(({ board, board_id }) => board_id !== '' && !own.test(board));
  expect(mapped.filter(({ board, board_id }) => boardOf(board) !== board_id)).toEqual([]);
});

test.each([
  ['Nucleo L4R5ZI', 'nucleo-l4r5zi'],
  ['STM32 NUCLEO-H7A3ZI-Q', 'nucleo-h7a3zi-q'],
  ['STM32F746G-Discovery', 'stm32f746g-disco'],
  ['Nano 33 BLE Sense', 'arduino-nano-33-ble'],
  ['Raspberry Pi Pico (RP2040)', 'raspberry-pi-pico'],
  ['nRF5340 DK', 'nrf5340-dk'],
])('a board that is called "%s" is %s', (text, id) => {
  expect(boardOf(text)).toBe(id);
});

test.each([
  ['TensorFlow Lite for Microcontrollers', 'CMSIS NN', 'int8', 'cmsis-nn', 'tflite-micro'],
  ['X-CUBE-AI v9.0.0', '', 'INT8', 'x-cube-ai', '9.0'],
  ['TensorFlow Lite Micro', 'TFLM float', 'fp32', 'tflm-float', 'tflite-micro'],
])('%s with kernels "%s" in %s is %s of version %s', (framework, kernels, dtype, engine, version) => {
  expect(identityOf({ ...ROW, framework, kernels, dtype })).toMatchObject({ engine, version });
});

test.each([
  ['Cortex-M4 + Cortex-M0+', 'cortex-m4'],
  ['2x Cortex-M0+', 'cortex-m0plus'],
  ['Arm Cortex-M33 with DSP', 'cortex-m33'],
  ['HiFi3 + Cortex-M0', 'cortex-m0plus'],
])('of "%s" the core is %s', (core, id) => {
  expect(identityOf({ ...ROW, core, framework: '', kernels: '' }).core).toBe(id);
});

test('kernels that are not stated are the reference where CMSIS-NN has no code for the core; stated ones are believed', () => {
  const engine = (core: string, kernels: string) =>
    identityOf({ ...ROW, core, framework: 'TFLite Micro', kernels }).engine;
  expect(engine('Xtensa LX6', 'not stated')).toBe('tflm-reference');
  expect(engine('Cortex-M4', 'not stated')).toBe('tflm-unknown');
  expect(engine('RXv2', 'CMSIS-NN')).toBe('cmsis-nn');
});
