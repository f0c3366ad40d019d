import { SpecError } from '../../errors.ts';
import type {
  I2cDevice,
  PinDevice,
  Readings,
  Registers,
  ScriptedDevice,
  SpiDevice,
} from '../hardware/scripted-device.ts';
import { PS_PER_MS } from '../../units.ts';
import { Field, type Table } from './device-fields.ts';

const LOWEST_ADDRESS = 0x08;
const HIGHEST_ADDRESS = 0x77;
const MAX_PORT = 15;
const MAX_REGISTER = 0xffff;
/** Of a converter of 12 bits. */
const MAX_ANALOG = 4095;
const MAX_MS = 3_600_000;
const DEFAULT_READ_BIT = 0x80;

/**
 * Devices out of a JSON document: one object or a list of them. Throws a SpecError that begins with `name` for whatever a
 * device cannot be, and for two devices that would answer at once.
 */
export function readDevices(document: unknown, name: string): ScriptedDevice[] {
  const whole = new Field(document, name);
  const list = Array.isArray(document) ? whole.list() : [whole];
  const devices = list.map(readDevice);
  requireDistinct(devices, name);
  return devices;
}

/** Throws a SpecError where two devices have one place: the same address, the same select pin, the same line. */
export function requireDistinct(devices: readonly ScriptedDevice[], name: string): void {
  devices.forEach((device, index) => {
    const other = devices
      .slice(0, index)
      .find((before) => placeOf(before) === placeOf(device) && isMeeting(before, device));
    if (other) throw new SpecError(`${name}: two devices are ${describePlace(device)}`);
  });
}

const isMeeting = (a: ScriptedDevice, b: ScriptedDevice) =>
  a.port === undefined || b.port === undefined || a.port === b.port;

function placeOf(device: ScriptedDevice): string {
  if (device.bus === 'i2c') return `i2c ${device.address}`;
  if (device.bus === 'adc') return `adc ${device.pin}`;
  if (device.bus === 'pin') return `pin ${device.pin}`;
  return device.bus === 'spi' ? `spi ${device.select ?? ''}` : 'uart';
}

function describePlace(device: ScriptedDevice): string {
  const port = device.port === undefined ? '' : ` ${device.port}`;
  if (device.bus === 'i2c') return `at address 0x${device.address.toString(16)} of i2c${port}`;
  if (device.bus === 'adc' || device.bus === 'pin') return `at pin ${device.pin}`;
  if (device.bus === 'uart') return `at the other end of uart${port}`;
  return device.select === undefined
    ? `on spi${port} without "select"`
    : `selected by ${device.select} on spi${port}`;
}

function readDevice(field: Field): ScriptedDevice {
  const bus = field.at('bus').text(['i2c', 'spi', 'uart', 'adc', 'pin']);
  if (bus === 'i2c')
    return readI2c(field.table(['bus', 'port', 'address', 'numberBytes', 'registers', 'readings']));
  if (bus === 'spi')
    return readSpi(field.table(['bus', 'port', 'select', 'readBit', 'registers', 'readings']));
  if (bus === 'adc') return readAnalog(field.table(['bus', 'pin', 'values']));
  if (bus === 'pin') return readPin(field.table(['bus', 'pin', 'levels']));
  return readUart(field.table(['bus', 'port', 'sends', 'to']));
}

function portOf(table: Table): { port?: number } {
  return table.has('port') ? { port: table.at('port').number(0, MAX_PORT) } : {};
}

function readI2c(table: Table): I2cDevice {
  const numberBytes = table.has('numberBytes') ? table.at('numberBytes').number(1, 2) : 1;
  return {
    bus: 'i2c',
    ...portOf(table),
    address: table.at('address').number(LOWEST_ADDRESS, HIGHEST_ADDRESS),
    numberBytes: numberBytes as 1 | 2,
    ...contentsOf(table, numberBytes === 1 ? 0xff : MAX_REGISTER),
  };
}

function readSpi(table: Table): SpiDevice {
  return {
    bus: 'spi',
    ...portOf(table),
    ...(table.has('select') && { select: table.at('select').text() }),
    readBit: table.has('readBit') ? table.at('readBit').number(0, 0xff) : DEFAULT_READ_BIT,
    ...contentsOf(table, 0xff),
  };
}

function readAnalog(table: Table): ScriptedDevice {
  const values = table
    .at('values')
    .list(1)
    .map((value) => value.number(0, MAX_ANALOG));
  return { bus: 'adc', pin: table.at('pin').text(), values };
}

function readPin(table: Table): PinDevice {
  const levels = table
    .at('levels')
    .list(1)
    .map((one) => {
      const part = one.table(['atMs', 'level']);
      const level = part.at('level').number(0, 1) as 0 | 1;
      return { atPs: Math.round(part.at('atMs').span(MAX_MS) * PS_PER_MS), level };
    });
  return { bus: 'pin', pin: table.at('pin').text(), levels: levels.sort((a, b) => a.atPs - b.atPs) };
}

function readUart(table: Table): ScriptedDevice {
  const sends = table.has('sends') ? table.at('sends').list() : [];
  return {
    bus: 'uart',
    ...portOf(table),
    sends: sends
      .map((one) => {
        const part = one.table(['atMs', 'text', 'bytes']);
        const atPs = part.has('atMs') ? Math.round(part.at('atMs').span(MAX_MS) * PS_PER_MS) : 0;
        return { atPs, bytes: sentBytes(part) };
      })
      .sort((a, b) => a.atPs - b.atPs),
    ...(table.has('to') && { to: table.at('to').text() }),
  };
}

function sentBytes(part: Table): number[] {
  if (part.has('text')) return [...new TextEncoder().encode(part.at('text').text())];
  return part
    .at('bytes')
    .list()
    .map((byte) => byte.number(0, 0xff));
}

function contentsOf(table: Table, last: number): { registers: Registers; readings: Readings } {
  const registers: Record<number, number> = {};
  const readings: Record<number, number[]> = {};
  for (const [number, field] of table.has('registers') ? table.at('registers').numbered(last) : []) {
    const bytes = field.isList ? field.list() : [field];
    bytes.forEach((byte, index) => (registers[number + index] = byte.number(0, 0xff)));
  }
  for (const [number, field] of table.has('readings') ? table.at('readings').numbered(last) : []) {
    readings[number] = field.list(1).map((byte) => byte.number(0, 0xff));
  }
  return { registers, readings };
}
