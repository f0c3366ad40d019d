import { expect, test } from 'vitest';
import { readDevices } from './read-devices.ts';

const CHIP = { bus: 'i2c', address: '0x68' };

test('registers count up from the number of a list, texts are bytes, instants are in order', () => {
  const document = [
    { ...CHIP, port: 2, registers: { '0x75': '0x71', 16: [1, 2] }, readings: { 59: [7, 8] } },
    { bus: 'uart', sends: [{ atMs: 2, text: 'b' }, { bytes: [0] }], to: 'stdout' },
  ];
  expect(readDevices(document, 'd.json')).toEqual([
    {
      ...{ bus: 'i2c', port: 2, address: 0x68, numberBytes: 1 },
      registers: { 0x75: 0x71, 16: 1, 17: 2 },
      readings: { 59: [7, 8] },
    },
    {
      ...{ bus: 'uart', to: 'stdout' },
      sends: [
        { atPs: 0, bytes: [0] },
        { atPs: 2e9, bytes: [98] },
      ],
    },
  ]);
});

test.each<[string, unknown, string]>([
  ['a number', 5, 'd.json: must be an object, got 5'],
  ['no bus', {}, 'd.json: lacks "bus"'],
  ['another bus', { bus: 'can' }, 'd.json.bus: is "can"; allowed: i2c, spi, uart, adc'],
  ['no address', { bus: 'i2c' }, 'd.json: lacks "address"'],
  ['an empty name', { bus: 'adc', pin: '', values: [1] }, 'd.json.pin: must be a text, got ""'],
  ['a number for a name', { bus: 'adc', pin: 5, values: [1] }, 'd.json.pin: must be a text, got 5'],
  [
    'a reserved address',
    { bus: 'i2c', address: 3 },
    'd.json.address: must be a whole number from 8 to 119, got 3',
  ],
  ['a name unknown', { ...CHIP, adress: 1 }, 'd.json: has a field "adress"'],
  [
    'a byte too large',
    { ...CHIP, registers: { 1: 256 } },
    'd.json.registers["1"]: must be a whole number from 0 to 255',
  ],
  [
    'a register that is none',
    { ...CHIP, registers: { x: 1 } },
    'd.json.registers, name of a register: must be',
  ],
  ['no readings', { ...CHIP, readings: { 1: [] } }, 'd.json.readings["1"]: is an empty list'],
  ['one address twice', [CHIP, { ...CHIP, port: 2 }], 'd.json: two devices are at address 0x68 of i2c 2'],
  ['two on one line', [{ bus: 'uart' }, { bus: 'uart' }], 'd.json: two devices are at the other end of uart'],
])('%s is said in one line', (_, document, message) => {
  expect(() => readDevices(document, 'd.json')).toThrow(message);
});

test('the same address on two buses is two devices', () => {
  expect(
    readDevices(
      [
        { ...CHIP, port: 2 },
        { ...CHIP, port: 4 },
      ],
      'd.json',
    ),
  ).toHaveLength(2);
});
