import type { NccLayer, NccNetwork } from './ncc-network.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The layers of a lowered network while transforms change them; positions stay, layers that nothing reads are gone. */
export class Rewriter {
  readonly #layers: Mutable<NccLayer>[];
  readonly #outputs: number[];
  /** Readers of each layer, once for each input that reads it; -1 for a network output. */
  readonly #readers: number[][];

  constructor({ layers, outputs }: NccNetwork) {
    this.#layers = [...layers];
    this.#outputs = [...outputs];
    this.#readers = layers.map(() => []);
    layers.forEach(({ inputs }, position) => inputs.forEach((input) => this.#readers[input].push(position)));
    for (const output of outputs) this.#readers[output].push(-1);
    layers.forEach((_, position) => this.#dropUnread(position));
  }

  get network(): NccNetwork {
    return { layers: this.#layers, outputs: this.#outputs };
  }

  layer(position: number): NccLayer {
    return this.#layers[position];
  }

  readers(position: number): readonly number[] {
    return this.#readers[position];
  }

  /** Positions of the layers of one type that something reads. */
  ofType(...types: readonly NccLayer['type'][]): number[] {
    const found: number[] = [];
    this.#layers.forEach(({ type }, position) => {
      if (types.includes(type) && this.#readers[position].length > 0) found.push(position);
    });
    return found;
  }

  add(layer: NccLayer): number {
    const position = this.#layers.push({ ...layer, inputs: [] }) - 1;
    this.#readers.push([]);
    this.setInputs(position, layer.inputs);
    return position;
  }

  /** Replaces what a layer is; its inputs stay. */
  change(position: number, change: Partial<Omit<NccLayer, 'inputs'>>): void {
    this.#layers[position] = { ...this.#layers[position], ...change };
  }

  setInputs(position: number, inputs: readonly number[]): void {
    const before = this.#layers[position].inputs;
    this.#layers[position] = { ...this.#layers[position], inputs };
    for (const input of inputs) this.#readers[input].push(position);
    for (const input of before) this.#forget(input, position);
    for (const input of before) this.#dropUnread(input);
  }

  /** All that reads `from` reads `to`, but for `except`. */
  redirect(from: number, to: number, except?: number): void {
    const moving = this.#readers[from].filter((reader) => reader !== except);
    this.#readers[from] = this.#readers[from].filter((reader) => reader === except);
    this.#readers[to].push(...moving);
    this.#outputs.forEach((output, index) => {
      if (output === from) this.#outputs[index] = to;
    });
    for (const reader of new Set(moving)) {
      if (reader < 0) continue;
      const { inputs } = this.#layers[reader];
      this.#layers[reader] = {
        ...this.#layers[reader],
        inputs: inputs.map((input) => (input === from ? to : input)),
      };
    }
    this.#dropUnread(from);
  }

  #forget(input: number, reader: number): void {
    const readers = this.#readers[input];
    readers.splice(readers.indexOf(reader), 1);
  }

  #dropUnread(position: number): void {
    if (this.#readers[position].length > 0) return;
    const { inputs } = this.#layers[position];
    if (inputs.length === 0) return;
    this.#layers[position] = { ...this.#layers[position], inputs: [] };
    for (const input of inputs) {
      this.#forget(input, position);
      this.#dropUnread(input);
    }
  }
}
