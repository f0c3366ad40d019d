import { GuestError } from '../guest-error.ts';
import type { VirtualHardware } from '../hardware/virtual-hardware.ts';
import { fromHex, toHex, type HostModule } from '../host-module.ts';
import { I2cBus } from './i2c-bus.ts';
import { SpiBus } from './spi-bus.ts';
import { UartLine, type UartSettings } from './uart-line.ts';

/** What one call may move, so that no call of a script takes the host's memory. */
const MAX_BYTES = 2 ** 20;

function requireSensible(count: number, hz: number): void {
  if (!(hz > 0)) throw new GuestError('ValueError', 'a bus of 0 Hz moves nothing');
  if (!(count >= 0 && count <= MAX_BYTES))
    throw new GuestError('MemoryError', `${count} bytes in one transfer`);
}

/** Buses of all firmwares: what their UART, I2C and SPI classes call. Bytes cross as hex digits. */
export function busModule(hardware: VirtualHardware): HostModule {
  return {
    ...i2cModule(hardware),
    ...spiModule(hardware),
    ...uartModule(hardware),
    ...analogModule(hardware),
  };
}

function i2cModule(hardware: VirtualHardware): HostModule {
  const bus = new I2cBus(hardware);
  return {
    i2c_write(port: number, address: number, hex: string, hz: number) {
      requireSensible(hex.length / 2, hz);
      return bus.write(port, address, fromHex(hex), hz);
    },
    /** None where nothing acknowledges the address. */
    i2c_read(port: number, address: number, count: number, hz: number) {
      requireSensible(count, hz);
      const bytes = bus.read(port, address, count, hz);
      return bytes ? toHex(bytes) : null;
    },
    i2c_probe(port: number, address: number, hz: number) {
      requireSensible(0, hz);
      return bus.probe(port, address, hz);
    },
  };
}

type SpiArguments = [hz: number, bits: number, idle: number, isReading: boolean];

function spiModule(hardware: VirtualHardware): HostModule {
  const bus = new SpiBus(hardware);
  return {
    spi_transfer(port: number, hex: string, ...[hz, bits, idle, isReading]: SpiArguments) {
      requireSensible(hex.length / 2, hz);
      return toHex(bus.transfer(port, fromHex(hex), { hz, bits, idle, isReading }));
    },
  };
}

function uartModule(hardware: VirtualHardware): HostModule {
  const lines = new Map<number, UartLine>();
  const lineOf = (port: number) => {
    const line = lines.get(port);
    if (line) return line;
    throw new GuestError('ValueError', `UART(${port}) is not open`);
  };
  return {
    uart_open(port: number, baud: number, bits: number, bufferBytes: number) {
      requireSensible(bufferBytes, baud);
      hardware.spend('bus.call');
      const settings: UartSettings = { baud, bits, bufferBytes };
      const line = lines.get(port);
      if (line) line.configure(settings);
      else lines.set(port, new UartLine(hardware, port, settings));
    },
    uart_write(port: number, hex: string) {
      hardware.spend('bus.call');
      lineOf(port).write(fromHex(hex));
    },
    uart_any(port: number) {
      hardware.spend('bus.call');
      return lineOf(port).waiting;
    },
    /** Up to `count` characters; waits in ms for the first and for each further one. */
    uart_read(port: number, count: number, firstMs: number, nextMs: number) {
      hardware.spend('bus.call');
      return toHex(lineOf(port).read(Math.min(count, MAX_BYTES), { firstMs, nextMs }));
    },
  };
}

function analogModule(hardware: VirtualHardware): HostModule {
  const reads = new Map<string, number>();
  return {
    adc_read(pin: string) {
      hardware.spend('bus.call');
      const device = hardware.devices.filter((one) => one.bus === 'adc').find((one) => one.pin === pin);
      if (!device) {
        const wired = `{ "bus": "adc", "pin": "${pin}", "values": [2048] }`;
        throw new GuestError(
          'NotImplementedError',
          `nothing is wired to ${pin}: give --device ${wired} in a file`,
        );
      }
      const count = reads.get(pin) ?? 0;
      reads.set(pin, count + 1);
      return device.values[count % device.values.length];
    },
  };
}
