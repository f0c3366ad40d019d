import type { I2cDevice } from '../hardware/scripted-device.ts';
import type { VirtualHardware } from '../hardware/virtual-hardware.ts';
import { PS_PER_SECOND } from '../../units.ts';
import { RegisterFile } from './register-file.ts';

/** Eight bits and the acknowledgement. */
const CLOCKS_A_BYTE = 9;
const CLOCKS_OF_START_AND_STOP = 2;

interface Chip {
  readonly device: I2cDevice;
  readonly registers: RegisterFile;
  pointer: number;
}

/** I2C buses by number. A transfer takes its bits at the bus's clock, during which the core waits. */
export class I2cBus {
  readonly #hardware: VirtualHardware;
  readonly #chips: readonly Chip[];

  constructor(hardware: VirtualHardware) {
    this.#hardware = hardware;
    this.#chips = hardware.devices
      .filter((device) => device.bus === 'i2c')
      .map((device) => ({ device, registers: new RegisterFile(device), pointer: 0 }));
  }

  /** Writes bytes; false where nothing acknowledges the address. */
  write(port: number, address: number, bytes: Uint8Array, hz: number): boolean {
    const chip = this.#find(port, address);
    this.#pay(port, chip ? bytes.length : 0, hz);
    if (!chip) return false;
    const { numberBytes } = chip.device;
    if (bytes.length >= numberBytes) {
      chip.pointer = bytes.subarray(0, numberBytes).reduce((number, byte) => (number << 8) | byte, 0);
    }
    for (const byte of bytes.subarray(numberBytes)) chip.registers.write(chip.pointer++, byte);
    return true;
  }

  /** Reads bytes from the chosen register on; undefined where nothing acknowledges the address. */
  read(port: number, address: number, count: number, hz: number): Uint8Array | undefined {
    const chip = this.#find(port, address);
    this.#pay(port, chip ? count : 0, hz);
    return chip && Uint8Array.from({ length: count }, () => chip.registers.read(chip.pointer++));
  }

  /** Whether a device acknowledges the address. */
  probe(port: number, address: number, hz: number): boolean {
    this.#pay(port, 0, hz);
    return this.#find(port, address) !== undefined;
  }

  #find(port: number, address: number): Chip | undefined {
    return this.#chips.find(
      ({ device }) => device.address === address && (device.port === undefined || device.port === port),
    );
  }

  #pay(port: number, bytes: number, hz: number): void {
    const clocks = CLOCKS_OF_START_AND_STOP + CLOCKS_A_BYTE * (1 + bytes);
    this.#hardware.spend('bus.call');
    this.#hardware.waitOn(`i2c ${port}`, Math.round((clocks * PS_PER_SECOND) / hz));
  }
}
