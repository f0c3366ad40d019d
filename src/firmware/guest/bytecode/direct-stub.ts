import { FormatError } from '../../../errors.ts';
import { importedFunction } from './wasm-imports.ts';
import { encodeSmallS32, encodeU32, SECTION, WasmReader, type WasmSection } from './wasm-format.ts';

/**
 * The host's function that takes calls of direct functions (`direct-calls.ts`): as its first argument a negative number
 * in place of a reference to JavaScript, which is never negative.
 */
export const DIRECT_IMPORT = 'call1';

const I32 = 0x7f;
const OP = { end: 0x0b, call: 0x10, getLocal: 0x20, constI32: 0x41, sub: 0x6b };
/** What a type's `call` in MicroPython takes: the function object, counts of arguments and of names, where they lie. */
const CALL_TYPE = [0x60, 4, I32, I32, I32, I32, 1, I32];
const FUNCTION_TABLE = [1, 0x70, 1];

/** Index of the type of `call(object, arguments, names, at)` in a module's type section. Throws a FormatError without one. */
export function callType(sections: readonly WasmSection[]): number {
  const reader = reading(sections, SECTION.type);
  const count = reader.u32();
  for (let index = 0; index < count; index++) {
    const form = reader.byte();
    const [takes, gives] = [[...reader.take(reader.u32())], [...reader.take(reader.u32())]];
    const bytes = [form, takes.length, ...takes, gives.length, ...gives];
    if (bytes.length === CALL_TYPE.length && bytes.every((byte, at) => byte === CALL_TYPE[at])) return index;
  }
  throw new FormatError('WebAssembly module: it has no function type of MicroPython’s calls');
}

/** An entry of the code section: `return host(-1 - object, arguments, names, at)`. */
export function stubBody(sections: readonly WasmSection[]): number[] {
  const host = importedFunction(reading(sections, SECTION.import), DIRECT_IMPORT);
  if (host === undefined) throw new FormatError(`WebAssembly module: it does not import ${DIRECT_IMPORT}`);
  const code = [
    ...[0, OP.constI32, ...encodeSmallS32(-1), OP.getLocal, 0, OP.sub],
    ...[1, 2, 3].flatMap((local) => [OP.getLocal, local]),
    ...[OP.call, ...encodeU32(host), OP.end],
  ];
  return [...encodeU32(code.length), ...code];
}

/** The table section with room for one function more. */
export function grownTable(payload: Uint8Array): Uint8Array {
  const functions = tableSize(payload);
  return Uint8Array.from([...FUNCTION_TABLE, ...encodeU32(functions + 1), ...encodeU32(functions + 1)]);
}

/** An entry of the element section, which puts function `index` where the table has been grown. */
export function tableEntry(table: Uint8Array, index: number): number[] {
  return [0, OP.constI32, ...encodeSmallS32(tableSize(table)), OP.end, 1, ...encodeU32(index)];
}

/** How many functions the module's one table holds. Throws a FormatError where it is another kind of table. */
function tableSize(payload: Uint8Array): number {
  const reader = new WasmReader(payload);
  const isKnown = FUNCTION_TABLE.every((byte) => reader.byte() === byte);
  const [least, most] = [reader.u32(), reader.u32()];
  if (!isKnown || least !== most) throw new FormatError('WebAssembly module: another kind of table');
  return least;
}

function reading(sections: readonly WasmSection[], id: number): WasmReader {
  const found = sections.find((section) => section.id === id);
  if (!found) throw new FormatError(`WebAssembly module: it has no section ${id}`);
  return new WasmReader(found.payload);
}
