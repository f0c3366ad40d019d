import { WasmReader } from './wasm-format.ts';
import { stepOver } from './wasm-instructions.ts';

export interface FunctionType {
  readonly takes: readonly number[];
  readonly gives: readonly number[];
}

export interface Instruction {
  readonly at: number;
  readonly end: number;
  readonly opcode: number;
  /** How many blocks are open where it stands. */
  readonly depth: number;
}

/** A function's body taken apart: its bytes, types of its variables, its instructions in order. */
export interface FunctionBody {
  readonly bytes: Uint8Array;
  readonly type: FunctionType;
  readonly locals: readonly number[];
  readonly codeAt: number;
  readonly instructions: readonly Instruction[];
}

const OP = { block: 2, if: 4, end: 0x0b };

export function readBody(bytes: Uint8Array, type: FunctionType): FunctionBody {
  const reader = new WasmReader(bytes);
  const locals = [...type.takes];
  for (let left = reader.u32(); left > 0; left--) {
    const count = reader.u32();
    locals.push(...new Array<number>(count).fill(reader.byte()));
  }
  const codeAt = reader.at;
  return { bytes, type, locals, codeAt, instructions: readInstructions(reader) };
}

function readInstructions(reader: WasmReader): Instruction[] {
  const instructions: Instruction[] = [];
  let depth = 0;
  while (reader.at < reader.bytes.length) {
    const at = reader.at;
    const opcode = reader.byte();
    stepOver(reader, opcode, at);
    if (opcode === OP.end) depth--;
    instructions.push({ at, end: reader.at, opcode, depth });
    if (opcode >= OP.block && opcode <= OP.if) depth++;
  }
  return instructions;
}

/** The immediate of an instruction that has one, as a number without sign. */
export function immediateOf({ bytes }: FunctionBody, { at }: Instruction): number {
  return new WasmReader(bytes, at + 1).u32();
}
