import { WasmReader } from './wasm-format.ts';
import { branchTables } from './wasm-instructions.ts';

/**
 * py/vm.c of 1.27.0: `switch (*ip++)` has cases from 0x10 to 0x69 (MP_BC_IMPORT_STAR, py/bc0.h), and all opcodes pass it:
 * WebAssembly has no computed goto.
 */
const SWITCH = { firstOpcode: 0x10, targets: 90, leastDistinctTargets: 60 };
const I32_CONST = 0x41;
const I32_ADD = 0x6a;

export interface Dispatch {
  /** Offsets in the code section: of the branch table, of its function's size field, of that function's body. */
  readonly at: number;
  readonly sizeAt: number;
  readonly bodyStart: number;
  readonly bodyEnd: number;
}

/** Where functions of a code section branch on an opcode of the interpreter: one place in the build that is known. */
export function findDispatches(payload: Uint8Array): Dispatch[] {
  const reader = new WasmReader(payload);
  const found: Dispatch[] = [];
  for (let left = reader.u32(); left > 0; left--) {
    const sizeAt = reader.at;
    const bodyBytes = reader.u32();
    const bodyStart = reader.at;
    const bodyEnd = bodyStart + bodyBytes;
    skipLocals(reader);
    const tables = branchTables(reader, bodyEnd).filter(
      ({ targets, distinctTargets }) =>
        targets === SWITCH.targets && distinctTargets >= SWITCH.leastDistinctTargets,
    );
    found.push(...tables.map(({ at }) => ({ at, sizeAt, bodyStart, bodyEnd })));
  }
  return found.filter(({ at }) => followsOpcodeBase(payload, at));
}

function skipLocals(reader: WasmReader): void {
  for (let left = reader.u32(); left > 0; left--) {
    reader.skipNumber();
    reader.byte();
  }
}

/** Whether `i32.const -firstOpcode; i32.add` stands right before the table: the table counts from the first opcode. */
function followsOpcodeBase(payload: Uint8Array, at: number): boolean {
  const base = [I32_CONST, 0x80 - SWITCH.firstOpcode, I32_ADD];
  return base.every((byte, index) => payload[at - base.length + index] === byte);
}
