import { FormatError } from '../../../errors.ts';
import { readBody, type FunctionBody, type FunctionType } from './function-body.ts';
import { importedFunctionTypes } from './wasm-imports.ts';
import { SECTION, WasmReader, type WasmSection } from './wasm-format.ts';

/** The functions of a module by index, imports first. */
export interface ModuleFunctions {
  readonly types: readonly FunctionType[];
  /** Type of each function. */
  readonly functions: readonly FunctionType[];
  readonly imported: number;
  /** Types of the globals that the module defines; it imports none. */
  readonly globals: readonly number[];
  /** Bodies of its own functions, in order. */
  readonly bodies: readonly FunctionBody[];
}

export function readFunctions(sections: readonly WasmSection[]): ModuleFunctions {
  const types = readTypes(section(sections, SECTION.type));
  const imported = importedFunctionTypes(section(sections, SECTION.import));
  const own = numbers(section(sections, SECTION.function));
  const functions = [...imported, ...own].map((type) => types[type]);
  return {
    types,
    functions,
    imported: imported.length,
    globals: readGlobals(section(sections, SECTION.global)),
    bodies: readBodies(section(sections, SECTION.code)).map((bytes, index) =>
      readBody(bytes, functions[imported.length + index]),
    ),
  };
}

function section(sections: readonly WasmSection[], id: number): WasmReader {
  const found = sections.find((one) => one.id === id);
  if (!found) throw new FormatError(`WebAssembly module: it has no section ${id}`);
  return new WasmReader(found.payload);
}

function readTypes(reader: WasmReader): FunctionType[] {
  return Array.from({ length: reader.u32() }, () => {
    reader.byte();
    return { takes: [...reader.take(reader.u32())], gives: [...reader.take(reader.u32())] };
  });
}

function numbers(reader: WasmReader): number[] {
  return Array.from({ length: reader.u32() }, () => reader.u32());
}

/** Types of globals whose initial values are single constants, as compilers write them. */
function readGlobals(reader: WasmReader): number[] {
  return Array.from({ length: reader.u32() }, () => {
    const type = reader.byte();
    reader.take(2);
    reader.skipNumber();
    reader.byte();
    return type;
  });
}

function readBodies(reader: WasmReader): Uint8Array[] {
  return Array.from({ length: reader.u32() }, () => reader.take(reader.u32()));
}
