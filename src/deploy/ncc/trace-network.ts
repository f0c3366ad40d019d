import { KPU_LINE_BYTES, KPU_LINES, kpuLinesOf } from '../../models/formats/kmodel/kpu-layout.ts';
import { FormatError } from '../../errors.ts';
import type { Reason } from '../program.ts';
import type { LayerFacts } from './kmodel-layer.ts';
import { outputBytes, type MapShape, type NccLayer } from './ncc-network.ts';
import type { NccAddress, NccBlock, NccPlan } from './plan.ts';

/** A layer of a file by the memory that it touches. */
export interface FileLayer {
  readonly reads: readonly NccAddress[];
  readonly writes: NccAddress;
  readonly describe: (inputs: readonly MapShape[]) => LayerFacts;
  readonly placement: (facts: LayerFacts) => Reason;
  /** How errors call it. */
  readonly where: string;
}

export type TracedLayer = NccLayer;

/** The network that a file's addresses spell out; layer `i` of the file is at position `i + 1`, behind the input. */
export interface TracedNetwork {
  readonly layers: readonly TracedLayer[];
  readonly outputs: readonly number[];
  readonly plan: NccPlan;
}

export interface FileHeader {
  /** `bytes` counts where it lies in main memory. */
  readonly input: { readonly shape: MapShape; readonly address: NccAddress; readonly bytes: number };
  /** Main memory of each output. */
  readonly outputs: readonly number[];
  readonly mainBytes: number;
  readonly name: string;
}

type Place = keyof NccAddress;
const PLACES = ['main', 'line'] as const satisfies readonly Place[];

interface Written {
  readonly position: number;
  readonly place: Place;
  readonly start: number;
  readonly amount: number;
  lastStep: number;
}

/** Follows a file's layers through main and KPU memory: who reads what was written where. */
class Tracer {
  readonly layers: TracedLayer[] = [];
  readonly written: Written[] = [];
  readonly #addresses: NccAddress[] = [];
  readonly #header: FileHeader;

  constructor(header: FileHeader) {
    this.#header = header;
    const placement = { rule: 'ncc/input', reason: 'the network input' };
    this.#add({ type: 'Input', inputs: [], shape: header.input.shape, node: null, placement });
    this.#write(header.input.address, header.name);
  }

  trace({ reads, writes, describe, placement, where }: FileLayer, node: number): void {
    const inputs = reads.map((address) => this.#read(address, where));
    const facts = describe(inputs.map((position) => this.layers[position].shape));
    this.#add({ ...facts, inputs, node, placement: placement(facts) });
    this.#write(writes, where);
  }

  finish(): TracedNetwork {
    const { outputs, mainBytes, name } = this.#header;
    const end = this.layers.length - 1;
    const positions = outputs.map((start, index) => this.#read({ main: start }, `${name}: output ${index}`));
    for (const block of this.written) {
      if (positions.includes(block.position) && block.place === 'main') block.lastStep = end;
    }
    return {
      layers: this.layers,
      outputs: [...positions, ...this.#unread(positions)],
      plan: this.#plan(mainBytes),
    };
  }

  #add(layer: TracedLayer): void {
    this.layers.push(layer);
  }

  /** Position of the layer whose result lies at an address: the last one that wrote there. */
  #read(address: NccAddress, where: string): number {
    const place = address.line === undefined ? 'main' : 'line';
    const at = address[place]!;
    const source = this.written.findLast(
      (block) => block.place === place && at >= block.start && at < block.start + block.amount,
    );
    if (source) {
      source.lastStep = this.layers.length;
      return source.position;
    }
    const what = place === 'line' ? `line ${at} of KPU memory` : `byte ${at} of main memory`;
    throw new FormatError(
      `${where}: reads ${what}, which no layer before it has written; the file is damaged`,
    );
  }

  #write(address: NccAddress, where: string): void {
    const position = this.layers.length - 1;
    this.#addresses.push(address);
    for (const place of PLACES) {
      const start = address[place];
      if (start === undefined) continue;
      const isInput = position === 0 && place === 'main';
      const amount = isInput ? this.#header.input.bytes : amountOf(this.layers[position], place);
      if (!(amount > 0)) throw new FormatError(`${where}: has no values; the file is damaged`);
      this.#checkEnd(place, start + amount, where);
      this.written.push({ position, place, start, amount, lastStep: position });
    }
  }

  #checkEnd(place: Place, end: number, where: string): void {
    const most = place === 'line' ? KPU_LINES : this.#header.mainBytes;
    if (end <= most) return;
    const memory = place === 'line' ? 'the 2 MiB of KPU memory (lines)' : "the file's main memory (bytes)";
    throw new FormatError(`${where}: its maps end at ${end} of ${memory}, which end at ${most}`);
  }

  /** Layers whose result goes to main memory though nothing reads it there: the runtime copies it all the same. */
  #unread(outputs: readonly number[]): number[] {
    const isIdle = ({ place, position, lastStep }: Written): boolean =>
      place === 'main' && position > 0 && lastStep === position && !outputs.includes(position);
    return this.written.filter(isIdle).map(({ position }) => position);
  }

  #plan(mainBytes: number): NccPlan {
    const blocks = this.written.map(
      ({ position: layer, position: firstStep, place, amount, start, lastStep }): NccBlock => {
        return { layer, place, amount, start, firstStep, lastStep };
      },
    );
    const lines = blocks.filter(({ place }) => place === 'line');
    return {
      addresses: this.#addresses,
      mainBytes,
      maxStartAddress: lines.reduce((lowest, { start }) => Math.min(lowest, start!), KPU_LINES),
      kpuBytes: mostHeld(lines, this.layers.length) * KPU_LINE_BYTES,
      blocks,
    };
  }
}

/** Largest sum of the blocks that are held at one step. */
function mostHeld(blocks: readonly NccBlock[], steps: number): number {
  const changes = new Float64Array(steps + 1);
  for (const { amount, firstStep, lastStep } of blocks) {
    changes[firstStep] += amount;
    changes[lastStep + 1] -= amount;
  }
  let [held, most] = [0, 0];
  for (const change of changes) {
    held += change;
    most = Math.max(most, held);
  }
  return most;
}

function amountOf(layer: TracedLayer, place: Place): number {
  const { h, w, c } = layer.shape;
  return place === 'line' ? kpuLinesOf(h, w, c) : outputBytes(layer);
}

/**
 * The network of a file, from where its layers read and write. Throws a FormatError for a layer that reads what nothing
 * has written, or maps that pass the end of a memory.
 */
export function traceNetwork(header: FileHeader, layers: readonly FileLayer[]): TracedNetwork {
  const tracer = new Tracer(header);
  layers.forEach((layer, index) => tracer.trace(layer, index));
  return tracer.finish();
}

const BYTE_READERS: readonly string[] = [
  'K210Conv',
  'K210Upload',
  'K210AddPadding',
] satisfies NccLayer['type'][];

/** True where the network takes an image's bytes, false for float32 values. */
export function takesBytes({ layers }: TracedNetwork): boolean {
  return layers.some(({ type, inputs }) => inputs.includes(0) && BYTE_READERS.includes(type));
}
