import { FormatError } from '../../../errors.ts';

/** Section codes of the WebAssembly core specification 2.0, section 5.5.2. */
export const SECTION = {
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  element: 9,
  code: 10,
  type: 1,
} as const;
export const EXPORT_KIND = { function: 0, global: 3 } as const;
const MAGIC_AND_VERSION = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

export interface WasmSection {
  readonly id: number;
  readonly payload: Uint8Array;
}

/** Reads the primitives of the WebAssembly binary format from `at` on; throws a FormatError past the end. */
export class WasmReader {
  readonly bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  byte(): number {
    if (this.at >= this.bytes.length) throw new FormatError('WebAssembly module: it ends too soon');
    return this.bytes[this.at++];
  }

  u32(): number {
    let [value, factor, last] = [0, 1, 0];
    do {
      last = this.byte();
      value += (last & 0x7f) * factor;
      factor *= 128;
    } while (last & 0x80);
    return value;
  }

  skipNumber(): void {
    while (this.byte() & 0x80);
  }

  take(count: number): Uint8Array {
    if (this.at + count > this.bytes.length) throw new FormatError('WebAssembly module: it ends too soon');
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  name(): string {
    return new TextDecoder().decode(this.take(this.u32()));
  }
}

/** A number as unsigned LEB128. */
export function encodeU32(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low | 0x80 : low);
  } while (rest > 0);
  return bytes;
}

/** A small number as signed LEB128. */
export function encodeSmallS32(value: number): number[] {
  if (value < 0) return [0x80 + value];
  const bytes = encodeU32(value);
  return bytes.at(-1)! & 0x40 ? [...bytes.slice(0, -1), bytes.at(-1)! | 0x80, 0] : bytes;
}

export function encodeName(name: string): number[] {
  const bytes = new TextEncoder().encode(name);
  return [...encodeU32(bytes.length), ...bytes];
}

export function encodeF64(value: number): number[] {
  return [...new Uint8Array(new Float64Array([value]).buffer)];
}

/** The sections of a module in file order; throws a FormatError where the bytes are no WebAssembly module. */
export function readSections(bytes: Uint8Array): WasmSection[] {
  if (!MAGIC_AND_VERSION.every((byte, at) => bytes[at] === byte)) {
    throw new FormatError('WebAssembly module: no module of version 1');
  }
  const reader = new WasmReader(bytes, MAGIC_AND_VERSION.length);
  const sections: WasmSection[] = [];
  while (reader.at < bytes.length) sections.push({ id: reader.byte(), payload: reader.take(reader.u32()) });
  return sections;
}

export function writeSections(sections: readonly WasmSection[]): Uint8Array {
  const parts = sections.flatMap(({ id, payload }) => [
    Uint8Array.of(id, ...encodeU32(payload.length)),
    payload,
  ]);
  return concatBytes([Uint8Array.from(MAGIC_AND_VERSION), ...parts]);
}

export function concatBytes(parts: readonly ArrayLike<number>[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** A vector section (functions, globals, exports) with `added` entries at its end, each already encoded. */
export function appendEntries(payload: Uint8Array, added: readonly (readonly number[])[]): Uint8Array {
  const reader = new WasmReader(payload);
  const count = reader.u32();
  return concatBytes([encodeU32(count + added.length), payload.subarray(reader.at), ...added]);
}
