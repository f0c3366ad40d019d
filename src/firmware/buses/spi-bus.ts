import type { SpiDevice } from '../hardware/scripted-device.ts';
import type { VirtualHardware } from '../hardware/virtual-hardware.ts';
import { PS_PER_SECOND } from '../../units.ts';
import { RegisterFile } from './register-file.ts';

interface Chip {
  readonly device: SpiDevice;
  readonly registers: RegisterFile;
  /** Falling edges of its select pin when the transfer began; the first byte of a transfer is its command. */
  selections: number;
  pointer: number | undefined;
  isReading: boolean;
}

/** How one call moves its bytes. */
export interface SpiTransfer {
  readonly hz: number;
  readonly bits: number;
  /** What the line reads where no device drives it. */
  readonly idle: number;
  /** Whether the call only reads on, as `recv` does. */
  readonly isReading: boolean;
}

/** SPI buses by number. A transfer takes its bits at the bus's clock, during which the core waits. */
export class SpiBus {
  readonly #hardware: VirtualHardware;
  readonly #chips: readonly Chip[];

  constructor(hardware: VirtualHardware) {
    this.#hardware = hardware;
    this.#chips = hardware.devices
      .filter((device) => device.bus === 'spi')
      .map((device) => ({
        ...{ device, registers: new RegisterFile(device), selections: -1 },
        ...{ pointer: undefined, isReading: false },
      }));
  }

  /** Sends bytes and gives those that came back meanwhile. */
  transfer(port: number, bytes: Uint8Array, { hz, bits, idle, isReading }: SpiTransfer): Uint8Array {
    const chip = this.#chips.find((one) => this.#listens(one, port));
    this.#hardware.spend('bus.call');
    this.#hardware.waitOn(`spi ${port}`, Math.round((bytes.length * bits * PS_PER_SECOND) / hz));
    if (!chip) return bytes.map(() => idle);
    this.#begin(chip, isReading);
    return bytes.map((byte) => exchange(chip, byte, idle));
  }

  #listens({ device: { select, port } }: Chip, wanted: number): boolean {
    if (port !== undefined && port !== wanted) return false;
    const { pins } = this.#hardware;
    return select === undefined || (pins.names.includes(select) && pins.level(select) === 0);
  }

  /** A falling edge of the select pin begins a transfer; without such a pin every call does that sends. */
  #begin(chip: Chip, isReading: boolean): void {
    const { select } = chip.device;
    if (select === undefined) {
      if (!isReading) chip.pointer = undefined;
      return;
    }
    const selections = this.#hardware.pins.pulses(select);
    if (selections !== chip.selections) chip.pointer = undefined;
    chip.selections = selections;
  }
}

function exchange(chip: Chip, byte: number, idle: number): number {
  const { readBit } = chip.device;
  if (chip.pointer === undefined) {
    chip.isReading = (byte & readBit) !== 0;
    chip.pointer = byte & ~readBit & 0xff;
    return idle;
  }
  const number = chip.pointer++;
  if (chip.isReading) return chip.registers.read(number);
  chip.registers.write(number, byte);
  return idle;
}
