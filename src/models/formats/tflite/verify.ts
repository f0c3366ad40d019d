import { FormatError } from '../../../errors.ts';
import type { Layout, LayoutField } from './schema/layout-types.ts';

// The generated accessors read offsets as signed 32 and 16 bit, so what they may follow ends there.
const MAX_OFFSET = 2 ** 31 - 1;
const MAX_TABLE_BYTES = 2 ** 15 - 1;
const AGAIN = 'the file may be incomplete or damaged, download it again';

/**
 * Checks that every table, vtable, vector, string and known union member that `layout` can reach from the root lies
 * inside `bytes`, so that generated accessors never leave the file. Linear in the file: tables that overlap until they
 * outnumber the file's words are refused. Throws a FormatError with the place; values are not checked.
 */
export function verifyFlatbuffer(bytes: Uint8Array, layout: Layout, root: string, file: string): void {
  new Verifier(bytes, layout, file).root(root);
}

class Verifier {
  readonly #view: DataView;
  readonly #length: number;
  readonly #layout: Layout;
  readonly #file: string;
  readonly #path: (string | number)[] = [];
  #visitsLeft: number;

  constructor(bytes: Uint8Array, layout: Layout, file: string) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#length = Math.min(bytes.byteLength, MAX_OFFSET);
    this.#layout = layout;
    this.#file = file;
    this.#visitsLeft = Math.ceil(this.#length / 4);
  }

  root(table: string): void {
    this.#path.push(table);
    this.#table(this.#follow(0), table);
  }

  #table(at: number, name: string): void {
    if (--this.#visitsLeft < 0) this.#fail('corrupt', 'tables overlap beyond what the file can hold');
    this.#inside(at, 4, 'table', 4);
    const vtable = at - this.#view.getInt32(at, true);
    this.#inside(vtable, 4, 'vtable', 2);
    const vtableBytes = this.#view.getUint16(vtable, true);
    const tableBytes = this.#view.getUint16(vtable + 2, true);
    if (vtableBytes < 4 || vtableBytes % 2 !== 0 || Math.max(vtableBytes, tableBytes) > MAX_TABLE_BYTES) {
      this.#fail(
        'corrupt',
        `vtable at offset ${vtable} says ${vtableBytes} bytes for a table of ${tableBytes}`,
      );
    }
    this.#inside(vtable, vtableBytes, 'vtable', 2);
    this.#inside(at, tableBytes, 'table', 4);
    this.#fields(at, vtable, vtableBytes, tableBytes, this.#layout[name]);
  }

  #fields(
    at: number,
    vtable: number,
    vtableBytes: number,
    tableBytes: number,
    fields: readonly LayoutField[],
  ): void {
    const present = Math.min(fields.length, (vtableBytes - 4) / 2);
    let unionType = 0;
    for (let slot = 0; slot < present; slot++) {
      const shift = this.#view.getUint16(vtable + 4 + 2 * slot, true);
      const field = fields[slot];
      if (shift === 0) {
        unionType = 0;
        continue;
      }
      this.#path.push(field.name);
      const wide = field.kind === 'scalar' ? field.bytes : 4;
      if (shift < 4 || shift + wide > tableBytes) {
        this.#fail('corrupt', `field at ${shift} of a table of ${tableBytes} bytes at offset ${at}`);
      }
      if (field.kind === 'union') this.#union(at + shift, field.members[unionType]);
      else this.#field(at + shift, field);
      unionType = field.kind === 'scalar' && wide === 1 ? this.#view.getUint8(at + shift) : 0;
      this.#path.pop();
    }
  }

  #field(at: number, field: Exclude<LayoutField, { kind: 'union' }>): void {
    if (field.kind === 'string') this.#vector(at, 1, 'string');
    else if (field.kind === 'vector') this.#vector(at, field.bytes, 'vector');
    else if (field.kind === 'table') this.#table(this.#follow(at), field.table);
    else if (field.kind === 'tables') this.#tables(at, field.table);
  }

  #union(at: number, member: string | undefined): void {
    const table = this.#follow(at);
    if (member !== undefined) this.#table(table, member);
  }

  #tables(at: number, name: string): void {
    const start = this.#vector(at, 4, 'vector') + 4;
    const count = this.#view.getUint32(start - 4, true);
    for (let index = 0; index < count; index++) {
      this.#path.push(index);
      this.#table(this.#follow(start + 4 * index), name);
      this.#path.pop();
    }
  }

  /** Offset of the vector's length word; its elements follow. */
  #vector(at: number, elementBytes: number, what: string): number {
    const start = this.#follow(at);
    this.#inside(start, 4, what, 4);
    this.#inside(start, 4 + this.#view.getUint32(start, true) * elementBytes, what, 4);
    return start;
  }

  #follow(at: number): number {
    this.#inside(at, 4, 'offset', 4);
    const shift = this.#view.getUint32(at, true);
    if (shift < 4) this.#fail('corrupt', `offset at ${at} points at itself (${shift})`);
    return at + shift;
  }

  #inside(at: number, wide: number, what: string, alignment: number): void {
    if (at < 0) this.#fail('corrupt', `${what} ${-at} bytes before the start of the file`);
    if (at % alignment !== 0) this.#fail('corrupt', `${what} at odd offset ${at}`);
    if (at + wide <= this.#length) return;
    this.#fail(
      'truncated',
      `${what} of ${wide} bytes at offset ${at} runs past the end (${this.#length} bytes)`,
    );
  }

  #fail(kind: string, what: string): never {
    throw new FormatError(`${this.#file}: ${kind}: ${what}, in ${this.#where()}; ${AGAIN}`);
  }

  #where(): string {
    return this.#path
      .map((part, depth) => (typeof part === 'number' ? `[${part}]` : depth === 0 ? part : `.${part}`))
      .join('');
  }
}
