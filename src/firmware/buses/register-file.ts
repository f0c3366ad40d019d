import type { Readings, Registers } from '../hardware/scripted-device.ts';

/** The registers of one device in a run: what was written is read again, what nobody set reads 0. */
export class RegisterFile {
  readonly #bytes: Map<number, number>;
  readonly #readings: Readings;
  readonly #reads = new Map<number, number>();

  constructor({ registers, readings }: { readonly registers: Registers; readonly readings: Readings }) {
    this.#bytes = new Map(Object.entries(registers).map(([number, byte]) => [Number(number), byte]));
    this.#readings = readings;
  }

  read(number: number): number {
    const readings = this.#readings[number];
    if (!readings) return this.#bytes.get(number) ?? 0;
    const count = this.#reads.get(number) ?? 0;
    this.#reads.set(number, count + 1);
    return readings[count % readings.length];
  }

  write(number: number, byte: number): void {
    this.#bytes.set(number, byte);
  }
}
