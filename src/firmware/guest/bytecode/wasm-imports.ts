import { FormatError } from '../../../errors.ts';
import type { WasmReader } from './wasm-format.ts';

/** How many functions and globals an import section brings, which come first in the module's numbering. */
export function importedCounts(reader: WasmReader): { functions: number; globals: number } {
  const skip = [oneNumber, skipTable, skipLimits, skipGlobal];
  const counts = [0, 0, 0, 0];
  for (let left = reader.u32(); left > 0; left--) {
    reader.name();
    reader.name();
    const kind = reader.byte();
    if (kind >= skip.length) throw new FormatError(`WebAssembly module: unknown import of kind ${kind}`);
    counts[kind]++;
    skip[kind](reader);
  }
  return { functions: counts[0], globals: counts[3] };
}

/** Types of the functions that an import section brings, in order. */
export function importedFunctionTypes(reader: WasmReader): number[] {
  const skip = [oneNumber, skipTable, skipLimits, skipGlobal];
  const types: number[] = [];
  for (let left = reader.u32(); left > 0; left--) {
    reader.name();
    reader.name();
    const kind = reader.byte();
    if (kind === 0) types.push(reader.u32());
    else skip[kind](reader);
  }
  return types;
}

/** Number of the function that an import section brings under a name, undefined where it brings none. */
export function importedFunction(reader: WasmReader, wanted: string): number | undefined {
  const skip = [oneNumber, skipTable, skipLimits, skipGlobal];
  let index = 0;
  for (let left = reader.u32(); left > 0; left--) {
    reader.name();
    const [name, kind] = [reader.name(), reader.byte()];
    if (kind === 0 && name === wanted) return index;
    if (kind === 0) index++;
    skip[kind](reader);
  }
  return undefined;
}

function oneNumber(reader: WasmReader): void {
  reader.skipNumber();
}

function skipLimits(reader: WasmReader): void {
  const hasMaximum = reader.byte() & 1;
  reader.skipNumber();
  if (hasMaximum) reader.skipNumber();
}

function skipTable(reader: WasmReader): void {
  reader.byte();
  skipLimits(reader);
}

function skipGlobal(reader: WasmReader): void {
  reader.take(2);
}
