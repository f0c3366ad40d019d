import { FormatError } from '../../../errors.ts';
import { concatBytes, encodeSmallS32, encodeU32 } from './wasm-format.ts';
import type { ModuleFunctions } from './wasm-functions.ts';
import { immediateOf, type FunctionBody, type Instruction } from './function-body.ts';
import { OperandStack, takenBy } from './operand-stack.ts';
import { givesNoPointer, I32, I64 } from './wasm-signatures.ts';

/** What a collection must be able to see, and where. */
export interface SpillPlan {
  /** The global that points to the end of the C stack, which grows downwards. */
  readonly stackPointer: number;
  /** Whether a collection can happen inside of this call. */
  readonly mayCollect: (body: FunctionBody, call: Instruction) => boolean;
}

/** Where the values of a function lie in its part of the C stack. */
interface Slots {
  readonly locals: ReadonlyMap<number, number>;
  /** Offsets of values that lie on the operand stack during such a call, by the instruction that made them. */
  readonly operands: ReadonlyMap<number, number>;
  readonly operandTypes: ReadonlyMap<number, number>;
  readonly bytes: number;
}

const OP = {
  ...{ block: 2, end: 0x0b, br: 0x0c, return: 0x0f, getLocal: 0x20, setLocal: 0x21, teeLocal: 0x22 },
  ...{
    getGlobal: 0x23,
    setGlobal: 0x24,
    storeI32: 0x36,
    storeI64: 0x37,
    constI32: 0x41,
    add: 0x6a,
    sub: 0x6b,
  },
};
const NO_RESULT = 0x40;
const STACK_ALIGNMENT = 16;
const ALIGNED_TO_4 = 2;

const isWord = (type: number): boolean => type === I32 || type === I64;
const widthOf = (type: number): number => (type === I64 ? 8 : 4);

/**
 * A function's body that keeps a copy of each value which may be a pointer on the C stack, as a machine's registers would
 * be saved there: a conservative collector that reads the C stack then sees all that is alive. WebAssembly hides its
 * variables and operands from a program, so without this what lives in them alone would be freed.
 */
export function spillPointers(
  module: ModuleFunctions,
  body: FunctionBody,
  { stackPointer, mayCollect }: SpillPlan,
): Uint8Array {
  const { type } = body;
  const slots = findSlots(module, body, mayCollect);
  if (slots.bytes === 0) return body.bytes;
  if (type.gives.length > 1) throw new FormatError('WebAssembly module: a function with several results');
  const code = new SpilledCode(body, slots);
  return concatBytes([
    code.variables(),
    code.begin(stackPointer, type.takes.length),
    [OP.block, type.gives[0] ?? NO_RESULT],
    ...body.instructions.slice(0, -1).map((instruction, at) => code.of(at, instruction)),
    [OP.end],
    code.finish(stackPointer),
    [OP.end],
  ]);
}

function findSlots(module: ModuleFunctions, body: FunctionBody, mayCollect: SpillPlan['mayCollect']): Slots {
  const held = new Set(body.type.takes.keys());
  const heights = new Map<number, number>();
  const operandTypes = new Map<number, number>();
  let doesCollect = false;
  new OperandStack(module, body).walk((_, instruction, stack) => {
    const { opcode } = instruction;
    if (opcode === OP.setLocal || opcode === OP.teeLocal) {
      const maker = body.instructions[stack.at(-1)!.maker];
      if (!givesNoPointer(maker.opcode)) held.add(immediateOf(body, instruction));
    }
    if (!mayCollect(body, instruction)) return;
    doesCollect = true;
    // What it is given becomes a variable of the function that it calls, which keeps it there.
    const beneath = stack.length - takenBy(module, body, instruction);
    stack.slice(0, beneath).forEach(({ type, maker }, height) => {
      if (!isWord(type) || givesNoPointer(body.instructions[maker].opcode)) return;
      heights.set(maker, height);
      operandTypes.set(maker, type);
    });
  });
  if (!doesCollect) return { locals: new Map(), operands: heights, operandTypes, bytes: 0 };
  return layOut(body, held, { heights, operandTypes });
}

function layOut(
  body: FunctionBody,
  held: ReadonlySet<number>,
  { heights, operandTypes }: { heights: Map<number, number>; operandTypes: Map<number, number> },
): Slots {
  let bytes = 0;
  const locals = new Map<number, number>();
  for (const local of [...held].sort((a, b) => a - b)) {
    if (!isWord(body.locals[local])) continue;
    locals.set(local, bytes);
    bytes += widthOf(body.locals[local]);
  }
  // Values at the same height of the operand stack are never alive together.
  const levels = [...new Set(heights.values())].sort((a, b) => a - b);
  const operands = new Map(
    [...heights].map(([maker, height]) => [maker, bytes + 8 * levels.indexOf(height)]),
  );
  bytes += 8 * levels.length;
  return { locals, operands, operandTypes, bytes: Math.ceil(bytes / STACK_ALIGNMENT) * STACK_ALIGNMENT };
}

/** Code of a body whose pointers are copied to the C stack. Its variables come behind those that the body has. */
class SpilledCode {
  readonly #body: FunctionBody;
  readonly #slots: Slots;
  readonly #base: number;
  readonly #held: Readonly<Record<number, number>>;

  constructor(body: FunctionBody, slots: Slots) {
    this.#body = body;
    this.#slots = slots;
    this.#base = body.locals.length;
    this.#held = { [I32]: this.#base + 1, [I64]: this.#base + 2 };
  }

  variables(): number[] {
    const groups = this.#body.bytes[0];
    const rest = [...this.#body.bytes.subarray(1, this.#body.codeAt)];
    if (groups >= 0x7e)
      throw new FormatError('WebAssembly module: a function with too many kinds of variables');
    return [groups + 2, ...rest, 2, I32, 1, I64];
  }

  begin(stackPointer: number, parameters: number): number[] {
    const lowered = [OP.getGlobal, stackPointer, OP.constI32, ...encodeSmallS32(this.#slots.bytes), OP.sub];
    const code = [...lowered, OP.teeLocal, ...encodeU32(this.#base), OP.setGlobal, stackPointer];
    for (let local = 0; local < parameters; local++) code.push(...this.#keepLocal(local));
    return code;
  }

  finish(stackPointer: number): number[] {
    const raised = [
      OP.getLocal,
      ...encodeU32(this.#base),
      OP.constI32,
      ...encodeSmallS32(this.#slots.bytes),
      OP.add,
    ];
    return [...raised, OP.setGlobal, stackPointer];
  }

  of(index: number, instruction: Instruction): ArrayLike<number> {
    const { at, end, opcode, depth } = instruction;
    const own = opcode === OP.return ? [OP.br, ...encodeU32(depth)] : this.#body.bytes.subarray(at, end);
    const isSet = opcode === OP.setLocal || opcode === OP.teeLocal;
    const after = isSet ? this.#keepLocal(immediateOf(this.#body, instruction)) : [];
    const operand = this.#slots.operands.get(index);
    if (operand !== undefined) after.push(...this.#keepOperand(index, operand));
    return after.length > 0 ? [...own, ...after] : own;
  }

  #keepLocal(local: number): number[] {
    const offset = this.#slots.locals.get(local);
    if (offset === undefined) return [];
    return this.#store(local, this.#body.locals[local], offset);
  }

  #keepOperand(maker: number, offset: number): number[] {
    const type = this.#slots.operandTypes.get(maker)!;
    const held = this.#held[type];
    return [OP.teeLocal, ...encodeU32(held), ...this.#store(held, type, offset)];
  }

  #store(local: number, type: number, offset: number): number[] {
    const store = type === I64 ? OP.storeI64 : OP.storeI32;
    return [
      ...[OP.getLocal, ...encodeU32(this.#base), OP.getLocal, ...encodeU32(local)],
      ...[store, ALIGNED_TO_4, ...encodeU32(offset)],
    ];
  }
}
