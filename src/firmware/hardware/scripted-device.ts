import type { Ps } from '../../units.ts';

/** Bytes that a device keeps, by number. */
export type Registers = Readonly<Record<number, number>>;

/** Values that a register gives one after another, from the first again behind the last: a sensor's readings. */
export type Readings = Readonly<Record<number, readonly number[]>>;

interface RegisterDevice {
  /** Number of the bus on the board; any of its kind where absent. */
  readonly port?: number;
  readonly registers: Registers;
  readonly readings: Readings;
}

/** A chip on an I2C bus: the first bytes that are written to it choose a register, which then counts up. */
export interface I2cDevice extends RegisterDevice {
  readonly bus: 'i2c';
  readonly address: number;
  /** Bytes of a register's number. */
  readonly numberBytes: 1 | 2;
}

/** A chip on an SPI bus: the first byte of a transfer is a register's number, with a bit that asks for reading. */
export interface SpiDevice extends RegisterDevice {
  readonly bus: 'spi';
  /** Pin that is low while the chip listens; where absent it always does. */
  readonly select?: string;
  readonly readBit: number;
}

/** What is at the other end of a serial line. */
export interface UartDevice {
  readonly bus: 'uart';
  readonly port?: number;
  /** What it sends to the board, each from its instant on. */
  readonly sends: readonly { readonly atPs: Ps; readonly bytes: readonly number[] }[];
  /** Where what the board sends goes: `stdout`, or a file's path; nowhere where absent. */
  readonly to?: string;
}

/** A voltage at a pin: what the converter reads, one value after another, from the first again behind the last. */
export interface AnalogDevice {
  readonly bus: 'adc';
  readonly port?: undefined;
  readonly pin: string;
  readonly values: readonly number[];
}

/** What drives an input from outside: a key, another board. */
export interface PinDevice {
  readonly bus: 'pin';
  readonly port?: undefined;
  /** Name of the pin on the board. */
  readonly pin: string;
  /** Levels in the order of time. */
  readonly levels: readonly { readonly atPs: Ps; readonly level: 0 | 1 }[];
}

/** What is wired to the board, as plain data. */
export type ScriptedDevice = I2cDevice | SpiDevice | UartDevice | AnalogDevice | PinDevice;
