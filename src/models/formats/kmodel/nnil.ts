import { FormatError } from '../../../errors.ts';
import type { ByteReader } from './byte-reader.ts';

/** What an element costs that goes through a small program of nncase's. */
export interface NnilCounts {
  /** Instructions until it returns. */
  readonly instructions: number;
  /** Those of them that call a function of the mathematical library. */
  readonly functions: number;
}

/** Opcodes of nncase 0.2 `runtime/nnil.h`: a stack machine of one byte an instruction, and a float behind `constant`. */
const OPCODE = { constant: 0x06, return: 0xa0 };
const CONSTANT_BYTES = 4;
const [CEIL, COS, EXP, FLOOR, LOG, RSQRT, SIN] = [0x21, 0x22, 0x23, 0x24, 0x25, 0x27, 0x28];
const FUNCTIONS: ReadonlySet<number> = new Set([CEIL, COS, EXP, FLOOR, LOG, RSQRT, SIN]);
/** First and last of each group of opcodes: moves, functions of one value, of two, clamp. */
const KNOWN = [
  [0x00, 0x06],
  [0x20, 0x29],
  [0x40, 0x45],
  [0x80, 0x80],
] as const;

/** Counts what the rest of a node's body does with an element. Throws a FormatError where it is no such program. */
export function countNnil(body: ByteReader): NnilCounts {
  let [instructions, functions] = [0, 0];
  for (;;) {
    const [opcode] = body.bytes(1);
    instructions++;
    if (opcode === OPCODE.return) return { instructions, functions };
    if (!KNOWN.some(([first, last]) => opcode >= first && opcode <= last)) {
      throw new FormatError(
        `${body.where}: instruction ${instructions} of its program has the opcode 0x${opcode.toString(16)}, which there is not; ` +
          'the file is damaged',
      );
    }
    if (opcode === OPCODE.constant) body.bytes(CONSTANT_BYTES);
    if (FUNCTIONS.has(opcode)) functions++;
  }
}
