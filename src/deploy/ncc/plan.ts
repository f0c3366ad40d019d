import { KPU_LINES, KPU_LINE_BYTES, kpuLinesOf } from '../../models/formats/kmodel/kpu-layout.ts';
import { Arena, type Block } from './free-list.ts';
import { isJoinedInPlace, outputBytes, readersOf, type NccLayer, type NccNetwork } from './ncc-network.ts';

/** Where a layer's result lies: a byte of main memory, a line of KPU memory, or both. */
export interface NccAddress {
  readonly main?: number;
  readonly line?: number;
}

/** A result in one of the two memories, from the layer that writes it to the last that reads it (positions). */
export interface NccBlock {
  readonly layer: number;
  readonly place: Place;
  /** Bytes of main memory, or lines of KPU memory; a map that overflows it starts nowhere. */
  readonly amount: number;
  readonly start: number | undefined;
  readonly firstStep: number;
  readonly lastStep: number;
}

export interface NccPlan {
  /** By position of the layer. A map that overflows KPU memory has no line. */
  readonly addresses: readonly NccAddress[];
  /** `main_mem_usage` of the kmodel. */
  readonly mainBytes: number;
  /** `max_start_address` of the kmodel: the lowest line ever allocated, 32768 if none. */
  readonly maxStartAddress: number;
  /** Most bytes of KPU memory that maps hold at one moment. */
  readonly kpuBytes: number;
  /** In the order in which they are given up; those that never are, last. */
  readonly blocks: readonly NccBlock[];
  /** A layer whose maps the converter has freed in KPU memory before a convolution reads them: it ends there. */
  readonly freedEarly?: number;
}

interface Held {
  readonly amount: number;
  readonly block: Block | undefined;
  readonly firstStep: number;
  references: number;
}

type Place = keyof NccAddress;

const ALIGNMENT_BYTES = 8;

/** Walks the layers once, in the kmodel's order, and gives each result its memory. */
class Planner {
  readonly addresses: { main?: number; line?: number }[];
  /** The concatenation in whose block a layer's result lies, by position. */
  readonly #homes: number[] = [];
  readonly #arenas: Record<Place, Arena>;
  readonly #held: Record<Place, (Held | undefined)[]>;
  readonly #layers: readonly NccLayer[];
  readonly #readers: number[][];
  readonly #blocks: NccBlock[] = [];
  #step = 0;
  #freedEarly: number | undefined;
  #usedLines = 0;
  #peakLines = 0;
  #lowestLine = KPU_LINES;

  constructor(network: NccNetwork) {
    this.#layers = network.layers;
    this.#readers = readersOf(network);
    this.addresses = network.layers.map(() => ({}));
    this.#held = { main: [], line: [] };
    this.#arenas = {
      main: new Arena({ capacity: 0, grows: true, alternates: false }),
      line: new Arena({ capacity: KPU_LINES, grows: false, alternates: true }),
    };
  }

  run(): NccPlan {
    this.#layers.forEach((layer, position) => {
      this.#step = position;
      this.#place(layer, position);
      for (const input of layer.inputs) this.#leave(layer, input);
    });
    for (const place of ['main', 'line'] as const) {
      this.#held[place].forEach((held, layer) => held && this.#note(layer, place, held));
    }
    return {
      addresses: this.addresses,
      mainBytes: this.#arenas.main.end,
      maxStartAddress: this.#lowestLine,
      kpuBytes: this.#peakLines * KPU_LINE_BYTES,
      blocks: this.#blocks,
      ...(this.#freedEarly === undefined ? {} : { freedEarly: this.#freedEarly }),
    };
  }

  #place(layer: NccLayer, position: number): void {
    for (const reader of this.#readers[position]) this.#takeFor(position, reader);
    const isInMain = this.addresses[position].main !== undefined;
    if (layer.type === 'K210Conv' && (isInMain || !this.#held.line[position])) this.#take(position, 'line');
  }

  #takeFor(position: number, reader: number): void {
    const layer = this.#layers[reader];
    if (layer && isJoinedInPlace(layer)) return this.#takePart(position, reader);
    this.#take(position, layer?.type === 'K210Conv' ? 'line' : 'main');
  }

  /** The block of the whole, at the bytes that the inputs before this one take. */
  #takePart(position: number, whole: number): void {
    this.#take(whole, 'main');
    this.#homes[position] = whole;
    const { inputs } = this.#layers[whole];
    const before = inputs.slice(0, inputs.indexOf(position)).map((input) => outputBytes(this.#layers[input]));
    const offset = before.reduce((sum, bytes) => sum + bytes, 0);
    this.addresses[position].main = this.addresses[whole].main! + offset;
  }

  /**
   * A layer that has read its input gives up one reference in each memory. A reader on the core counts for the maps in
   * KPU memory too, which the convolution holds once for all of them: the second gives up another's.
   */
  #leave(layer: NccLayer, input: number): void {
    const isConv = layer.type === 'K210Conv';
    if (isConv && !this.#held.line[input]) this.#freedEarly ??= input;
    this.#drop(input, 'line');
    if (!isConv) this.#drop(this.#homes[input] ?? input, 'main');
  }

  #take(position: number, place: Place): void {
    const held = this.#held[place][position];
    if (held) {
      held.references++;
      return;
    }
    const amount = this.#amountOf(position, place);
    const block = this.#arenas[place].allocate(amount);
    this.#held[place][position] = { amount, block, firstStep: this.#step, references: 1 };
    if (block) this.addresses[position][place] = block.start;
    if (place === 'line') this.#countLines(amount, block);
  }

  #drop(position: number, place: Place): void {
    const held = this.#held[place][position];
    if (!held || --held.references > 0) return;
    this.#held[place][position] = undefined;
    this.#note(position, place, held);
    if (place === 'line') this.#usedLines -= held.amount;
    if (held.block) this.#arenas[place].release(held.block);
  }

  #note(layer: number, place: Place, { amount, block, firstStep }: Held): void {
    this.#blocks.push({ layer, place, amount, start: block?.start, firstStep, lastStep: this.#step });
  }

  #amountOf(position: number, place: Place): number {
    const layer = this.#layers[position];
    if (place === 'line') return kpuLinesOf(layer.shape.h, layer.shape.w, layer.shape.c);
    return Math.ceil(outputBytes(layer) / ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
  }

  #countLines(amount: number, block: Block | undefined): void {
    this.#usedLines += amount;
    this.#peakLines = Math.max(this.#peakLines, this.#usedLines);
    if (block) this.#lowestLine = Math.min(this.#lowestLine, block.start);
  }
}

/**
 * Memory plan of ncc 0.1.0-rc5 (docs/hardware/k210.md#memory-planning), layers in the kmodel's order: a result goes to
 * KPU lines for each convolution that reads it and to main memory for every other reader. A convolution whose result is
 * in main memory holds KPU lines too.
 */
export function planNcc(network: NccNetwork): NccPlan {
  return new Planner(network).run();
}
