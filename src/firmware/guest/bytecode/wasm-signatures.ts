/** Value types of the WebAssembly core specification 2.0, section 5.3.1. */
export const I32 = 0x7f;
export const I64 = 0x7e;
export const F32 = 0x7d;
export const F64 = 0x7c;

/** What an instruction with a fixed signature takes from the stack, and what it leaves there: a type, or nothing. */
export interface Signature {
  readonly takes: number;
  readonly gives: number | undefined;
}

/** First and last opcode, how many values they take, the type that they give (section 7.5 of the specification). */
const RANGES: readonly (readonly [number, number, number, number?])[] = [
  [0x00, 0x01, 0], // unreachable, nop
  [0x1a, 0x1a, 1], // drop
  [0x24, 0x24, 1], // global.set
  ...[
    [0x28, 0x28, 1, I32],
    [0x29, 0x29, 1, I64],
    [0x2a, 0x2a, 1, F32],
    [0x2b, 0x2b, 1, F64],
  ].map((row) => row as [number, number, number, number]),
  [0x2c, 0x2f, 1, I32], // narrow loads
  [0x30, 0x35, 1, I64],
  [0x36, 0x3e, 2], // stores
  [0x3f, 0x3f, 0, I32], // memory.size, memory.grow
  [0x40, 0x40, 1, I32],
  [0x41, 0x41, 0, I32], // constants
  [0x42, 0x42, 0, I64],
  [0x43, 0x43, 0, F32],
  [0x44, 0x44, 0, F64],
  [0x45, 0x45, 1, I32], // comparisons
  [0x46, 0x4f, 2, I32],
  [0x50, 0x50, 1, I32],
  [0x51, 0x66, 2, I32],
  [0x67, 0x69, 1, I32], // arithmetic
  [0x6a, 0x78, 2, I32],
  [0x79, 0x7b, 1, I64],
  [0x7c, 0x8a, 2, I64],
  [0x8b, 0x91, 1, F32],
  [0x92, 0x98, 2, F32],
  [0x99, 0x9f, 1, F64],
  [0xa0, 0xa6, 2, F64],
  [0xa7, 0xab, 1, I32], // conversions
  [0xac, 0xb1, 1, I64],
  [0xb2, 0xb6, 1, F32],
  [0xb7, 0xbb, 1, F64],
  [0xbc, 0xbc, 1, I32],
  [0xbd, 0xbd, 1, I64],
  [0xbe, 0xbe, 1, F32],
  [0xbf, 0xbf, 1, F64],
  [0xc0, 0xc1, 1, I32],
  [0xc2, 0xc4, 1, I64],
];

const SIGNATURES: readonly (Signature | undefined)[] = Array.from({ length: 256 }, (_, opcode) => {
  const range = RANGES.find(([first, last]) => opcode >= first && opcode <= last);
  return range && { takes: range[2], gives: range[3] };
});

/** The signature of an opcode that has the same one everywhere; undefined for control, calls, variables and prefixes. */
export function fixedSignature(opcode: number): Signature | undefined {
  return SIGNATURES[opcode];
}

/** The 0xfc family: saturating conversions, then memory.init, data.drop, memory.copy, memory.fill. */
export function prefixedSignature(second: number): Signature | undefined {
  if (second < 4) return { takes: 1, gives: I32 };
  if (second < 8) return { takes: 1, gives: I64 };
  return [{ takes: 3 }, { takes: 0 }, { takes: 3 }, { takes: 3 }].map(({ takes }) => ({
    takes,
    gives: undefined,
  }))[second - 8];
}

/** Whether what an opcode gives can be no address in the heap: constants, comparisons, narrow loads, counts of bits. */
export function givesNoPointer(opcode: number): boolean {
  return (
    (opcode >= 0x2c && opcode <= 0x2f) ||
    (opcode >= 0x3f && opcode <= 0x42) ||
    (opcode >= 0x45 && opcode <= 0x69)
  );
}
