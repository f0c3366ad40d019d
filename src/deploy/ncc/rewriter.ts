import { readersOf, type NccLayer, type NccNetwork } from './ncc-network.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The layers of a lowered network while transforms change them; positions stay, layers that nothing reads are gone. */
export class Rewriter {
  readonly #layers: Mutable<NccLayer>[];
  readonly #outputs: number[];
  /** Readers of each layer, once for each input that reads it; -1 for a network output. */
  readonly #readers: number[][];
  /** Types that some layer has or had: most transforms look for one that a network has none of. */
  readonly #types = new Set<NccLayer['type']>();

  constructor(network: NccNetwork) {
    this.#layers = [...network.layers];
    this.#outputs = [...network.outputs];
    this.#readers = readersOf(network);
    for (let position = 0; position < this.#layers.length; position++) {
      this.#types.add(this.#layers[position].type);
      this.#dropUnread(position);
    }
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

  /** Whether some layer is of that type, or was. */
  hasHad(type: NccLayer['type']): boolean {
    return this.#types.has(type);
  }

  /** Positions of the layers of one type that something reads. */
  ofType(type: NccLayer['type']): readonly number[] {
    const found: number[] = [];
    for (let position = 0; position < this.#layers.length; position++)
      if (this.#layers[position].type === type && this.#readers[position].length > 0) found.push(position);
    return found;
  }

  add(layer: NccLayer): number {
    const position = this.#layers.push({ ...layer, inputs: [] }) - 1;
    this.#types.add(layer.type);
    this.#readers.push([]);
    this.setInputs(position, layer.inputs);
    return position;
  }

  /** Replaces what a layer is; its inputs stay. */
  change(position: number, change: Partial<Omit<NccLayer, 'inputs'>>): void {
    this.#layers[position] = { ...this.#layers[position], ...change };
    if (change.type !== undefined) this.#types.add(change.type);
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
    const all = this.#readers[from];
    const moving = except === undefined ? all : all.filter((reader) => reader !== except);
    this.#readers[from] = except === undefined ? [] : all.filter((reader) => reader === except);
    if (this.#readers[to].length === 0) this.#readers[to] = [...moving];
    else for (const reader of moving) this.#readers[to].push(reader);
    for (let at = 0; at < this.#outputs.length; at++) if (this.#outputs[at] === from) this.#outputs[at] = to;
    for (const reader of moving) if (reader >= 0) this.#replaceInput(reader, from, to);
    this.#dropUnread(from);
  }

  #replaceInput(reader: number, from: number, to: number): void {
    const { inputs } = this.#layers[reader];
    if (!inputs.includes(from)) return; // A reader that reads it twice was here already.
    this.#layers[reader] = {
      ...this.#layers[reader],
      inputs: inputs.map((input) => (input === from ? to : input)),
    };
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
