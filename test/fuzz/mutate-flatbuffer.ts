import { LAYOUT } from '../../src/models/formats/tflite/schema/layout.ts';
import type { Layout, LayoutField } from '../../src/models/formats/tflite/schema/layout-types.ts';
import { below, mutateBytes, pick, setWord, type Draw } from './mutate.ts';

/** A word of the file: a number, which leaves all tables where they are, or what holds tables together. */
interface Place {
  readonly at: number;
  readonly bytes: number;
  readonly kind: 'number' | 'length' | 'offset';
}

/** Walks the tables of a good file. A bad one throws a RangeError, or gives what was found. */
class Places {
  readonly found: Place[] = [];
  readonly #view: DataView;
  #left = 20_000;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#table(this.#follow(0), 'Model');
  }

  #follow(at: number): number {
    this.found.push({ at, bytes: 4, kind: 'offset' });
    return at + this.#view.getUint32(at, true);
  }

  #table(at: number, name: string): void {
    if (--this.#left < 0) return;
    const vtable = at - this.#view.getInt32(at, true);
    const fields = (LAYOUT as Layout)[name]!;
    const present = Math.min(fields.length, (this.#view.getUint16(vtable, true) - 4) / 2);
    let unionType = 0;
    for (let slot = 0; slot < present; slot++) {
      const shift = this.#view.getUint16(vtable + 4 + 2 * slot, true);
      this.found.push({ at: vtable + 4 + 2 * slot, bytes: 2, kind: 'offset' });
      const field = fields[slot]!;
      if (shift !== 0) this.#field(at + shift, field, unionType);
      unionType =
        shift !== 0 && field.kind === 'scalar' && field.bytes === 1 ? this.#view.getUint8(at + shift) : 0;
    }
  }

  #field(at: number, field: LayoutField, unionType: number): void {
    if (field.kind === 'scalar') this.found.push({ at, bytes: field.bytes, kind: 'number' });
    else if (field.kind === 'table') this.#table(this.#follow(at), field.table);
    else if (field.kind === 'union') {
      const [table, member] = [this.#follow(at), field.members[unionType]];
      if (member !== undefined) this.#table(table, member);
    } else this.#vector(this.#follow(at), field);
  }

  #vector(at: number, field: Exclude<LayoutField, { kind: 'scalar' | 'table' | 'union' }>): void {
    const count = this.#view.getUint32(at, true);
    this.found.push({ at, bytes: 4, kind: 'length' });
    const bytes = field.kind === 'vector' ? field.bytes : field.kind === 'string' ? 1 : 4;
    // Of weights a few are enough.
    for (let index = 0; index < Math.min(count, 32); index++) {
      const start = at + 4 + bytes * index;
      if (field.kind === 'tables') this.#table(this.#follow(start), field.table);
      else this.found.push({ at: start, bytes, kind: 'number' });
    }
  }
}

/** Some are small: types, operators, sides, indices of tensors; others are what sums and products break at. */
function changeNumber(bytes: Uint8Array, { at, bytes: wide }: Place, draw: Draw): void {
  const view = new DataView(bytes.buffer, at, wide);
  if (draw() % 3 === 0) setWord(view, draw);
  else if (wide === 1) view.setUint8(0, draw() % 2 ? below(draw, 12) : view.getUint8(0) + 1);
  else if (wide === 2) view.setUint16(0, below(draw, 64), true);
  else view.setInt32(0, draw() % 2 ? below(draw, 20) - 3 : view.getInt32(0, true) + below(draw, 5) - 2, true);
}

/**
 * A .tflite file with a few numbers wrong in its tables, or lengths and offsets; some have their bytes mixed up like any other
 * file.
 */
export function mutateFlatbuffer(seed: Uint8Array, draw: Draw): Uint8Array {
  if (draw() % 6 === 0) return mutateBytes(seed, draw);
  const bytes = Uint8Array.from(seed);
  let places: readonly Place[] = [];
  try {
    places = new Places(bytes).found.filter(({ at, bytes: wide }) => at + wide <= bytes.length);
  } catch {
    return mutateBytes(seed, draw);
  }
  const numbers = places.filter(({ kind }) => kind === 'number');
  const words = places.filter(({ kind }) => kind !== 'number');
  for (let left = draw() % 2 ? 1 : 1 + below(draw, 5); left > 0; left--) {
    if (draw() % 5 > 0 && numbers.length > 0) changeNumber(bytes, pick(draw, numbers), draw);
    else if (words.length > 0) changeNumber(bytes, pick(draw, words), draw);
  }
  return bytes;
}
