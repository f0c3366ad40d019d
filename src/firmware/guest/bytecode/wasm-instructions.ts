import { FormatError } from '../../../errors.ts';
import type { WasmReader } from './wasm-format.ts';

/** A `br_table` instruction: where it stands and how many targets it has, the default not counted. */
export interface BranchTable {
  /** Offset of the opcode in the reader's bytes. */
  readonly at: number;
  readonly targets: number;
  readonly distinctTargets: number;
}

const BR_TABLE = 0x0e;
const PREFIXED = 0xfc;

/** How the immediates of an opcode are stepped over (WebAssembly core specification 2.0, section 5.4). */
type Step = (reader: WasmReader) => void;

const none: Step = () => undefined;
const oneNumber: Step = (reader) => reader.skipNumber();
const twoNumbers: Step = (reader) => {
  reader.skipNumber();
  reader.skipNumber();
};
const takeBytes =
  (count: number): Step =>
  (reader) =>
    void reader.take(count);
const numbers: Step = (reader) => {
  for (let left = reader.u32(); left > 0; left--) reader.skipNumber();
};

/** First and last opcode of a range and its step; an opcode in no range is one that this walker does not know. */
const RANGES: readonly (readonly [number, number, Step])[] = [
  [0x00, 0x01, none], // unreachable, nop
  [0x02, 0x04, oneNumber], // block, loop, if: a block type
  [0x05, 0x05, none], // else
  [0x0b, 0x0b, none], // end
  [0x0c, 0x0d, oneNumber], // br, br_if
  [0x0f, 0x0f, none], // return
  [0x10, 0x10, oneNumber], // call
  [0x11, 0x11, twoNumbers], // call_indirect
  [0x1a, 0x1b, none], // drop, select
  [0x1c, 0x1c, numbers], // select with types
  [0x20, 0x26, oneNumber], // locals, globals, tables
  [0x28, 0x3e, twoNumbers], // loads and stores: alignment, offset
  [0x3f, 0x42, oneNumber], // memory.size, memory.grow, i32.const, i64.const
  [0x43, 0x43, takeBytes(4)], // f32.const
  [0x44, 0x44, takeBytes(8)], // f64.const
  [0x45, 0xc4, none], // arithmetic
  [0xd0, 0xd0, oneNumber], // ref.null
  [0xd1, 0xd1, none], // ref.is_null
  [0xd2, 0xd2, oneNumber], // ref.func
];

/** Numbers after the second opcode of the 0xfc family, by that opcode: conversions, bulk memory, tables. */
const PREFIXED_NUMBERS = [0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 1, 2, 1, 2, 1, 1, 1];

const STEPS: readonly (Step | undefined)[] = Array.from(
  { length: 256 },
  (_, opcode) => RANGES.find(([first, last]) => opcode >= first && opcode <= last)?.[2],
);

/** Steps over instructions up to `end` and gives the branch tables among them; throws where it does not know one. */
export function branchTables(reader: WasmReader, end: number): BranchTable[] {
  const found: BranchTable[] = [];
  while (reader.at < end) {
    const at = reader.at;
    const opcode = reader.byte();
    if (opcode === BR_TABLE) found.push({ at, ...readTargets(reader) });
    else stepOver(reader, opcode, at);
  }
  return found;
}

/** Steps over the immediates of an opcode that stands at `at`; throws where it does not know it. */
export function stepOver(reader: WasmReader, opcode: number, at: number): void {
  if (opcode === BR_TABLE) readTargets(reader);
  else if (opcode === PREFIXED) stepPrefixed(reader, at);
  else (STEPS[opcode] ?? unknown(opcode, at))(reader);
}

function readTargets(reader: WasmReader): { targets: number; distinctTargets: number } {
  const targets = reader.u32();
  const labels = Array.from({ length: targets + 1 }, () => reader.u32());
  return { targets, distinctTargets: new Set(labels).size };
}

function stepPrefixed(reader: WasmReader, at: number): void {
  const opcode = reader.u32();
  const count = PREFIXED_NUMBERS[opcode] ?? unknown(PREFIXED * 0x100 + opcode, at);
  for (let left = count; left > 0; left--) reader.skipNumber();
}

function unknown(opcode: number, at: number): never {
  throw new FormatError(`WebAssembly module: unknown instruction 0x${opcode.toString(16)} at byte ${at}`);
}
