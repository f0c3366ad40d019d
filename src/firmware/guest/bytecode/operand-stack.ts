import { FormatError } from '../../../errors.ts';
import { immediateOf, type FunctionBody, type FunctionType, type Instruction } from './function-body.ts';
import type { ModuleFunctions } from './wasm-functions.ts';
import { fixedSignature, I32, prefixedSignature, type Signature } from './wasm-signatures.ts';

/** A value on the operand stack and the instruction that put it there. */
export interface Operand {
  readonly type: number;
  readonly maker: number;
}

interface Block {
  readonly height: number;
  readonly gives: readonly number[];
  /** Whether its start is never reached. */
  readonly isDead: boolean;
}

/** What is told of each instruction that can be reached, before its effect on the stack. */
export type Visit = (index: number, instruction: Instruction, stack: readonly Operand[]) => void;

const OP = {
  block: 2,
  loop: 3,
  if: 4,
  else: 5,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  brTable: 0x0e,
  return: 0x0f,
};
const CALL = 0x10;
const CALL_INDIRECT = 0x11;
const SELECT = 0x1b;
const [GET_LOCAL, SET_LOCAL, TEE_LOCAL, GET_GLOBAL] = [0x20, 0x21, 0x22, 0x23];
const PREFIXED = 0xfc;
const NO_RESULT = 0x40;

/** Type of the function that a call calls; undefined for other instructions. */
function calledType(
  module: ModuleFunctions,
  body: FunctionBody,
  instruction: Instruction,
): FunctionType | undefined {
  if (instruction.opcode === CALL) return module.functions[immediateOf(body, instruction)];
  if (instruction.opcode === CALL_INDIRECT) return module.types[immediateOf(body, instruction)];
  return undefined;
}

/** How many values a call takes from the stack. */
export function takenBy(module: ModuleFunctions, body: FunctionBody, call: Instruction): number {
  const type = calledType(module, body, call);
  return type ? type.takes.length + Number(call.opcode === CALL_INDIRECT) : 0;
}

/** Follows the operand stack through a body, as validation does (specification, section 7.3). */
export class OperandStack {
  readonly #module: ModuleFunctions;
  readonly #body: FunctionBody;
  readonly #stack: Operand[] = [];
  readonly #blocks: Block[] = [];
  #isDead = false;

  constructor(module: ModuleFunctions, body: FunctionBody) {
    this.#module = module;
    this.#body = body;
  }

  walk(visit: Visit): void {
    this.#body.instructions.forEach((instruction, index) => {
      if (!this.#isDead) visit(index, instruction, this.#stack);
      this.#apply(index, instruction);
    });
  }

  #apply(index: number, instruction: Instruction): void {
    const { opcode } = instruction;
    if (opcode >= OP.block && opcode <= OP.if) this.#open(instruction);
    else if (opcode === OP.else) this.#alternative();
    else if (opcode === OP.end) this.#close(index);
    else if (!this.#isDead) this.#run(index, instruction);
  }

  #open({ at, opcode }: Instruction): void {
    if (opcode === OP.if && !this.#isDead) this.#stack.pop();
    const result = this.#body.bytes[at + 1];
    if (result < NO_RESULT) throw new FormatError('WebAssembly module: a block with parameters');
    const gives = result === NO_RESULT ? [] : [result];
    this.#blocks.push({ height: this.#stack.length, gives, isDead: this.#isDead });
  }

  #alternative(): void {
    const block = this.#blocks.at(-1)!;
    this.#stack.length = block.height;
    this.#isDead = block.isDead;
  }

  #close(index: number): void {
    const block = this.#blocks.pop();
    if (!block) return;
    this.#stack.length = block.height;
    this.#isDead = block.isDead;
    if (!block.isDead) this.#give(block.gives, index);
  }

  #run(index: number, instruction: Instruction): void {
    const { opcode } = instruction;
    const called = calledType(this.#module, this.#body, instruction);
    if (called) {
      this.#take(takenBy(this.#module, this.#body, instruction));
      this.#give(called.gives, index);
    } else if (opcode === OP.brIf) this.#take(1);
    else if (opcode === OP.br || opcode === OP.brTable || opcode === OP.return || opcode === 0)
      this.#isDead = true;
    else this.#compute(index, instruction);
  }

  #compute(index: number, instruction: Instruction): void {
    const { takes, gives } = this.#signatureOf(instruction);
    this.#take(takes);
    if (gives !== undefined) this.#give([gives], index);
  }

  #signatureOf(instruction: Instruction): Signature {
    const { opcode, at } = instruction;
    const local = () => this.#body.locals[immediateOf(this.#body, instruction)];
    if (opcode === GET_LOCAL) return { takes: 0, gives: local() };
    if (opcode === SET_LOCAL) return { takes: 1, gives: undefined };
    if (opcode === TEE_LOCAL) return { takes: 1, gives: local() };
    if (opcode === GET_GLOBAL)
      return { takes: 0, gives: this.#module.globals[immediateOf(this.#body, instruction)] ?? I32 };
    if (opcode === SELECT) return { takes: 3, gives: this.#stack.at(-2)?.type };
    const found =
      opcode === PREFIXED ? prefixedSignature(immediateOf(this.#body, instruction)) : fixedSignature(opcode);
    if (!found)
      throw new FormatError(`WebAssembly module: unknown instruction 0x${opcode.toString(16)} at byte ${at}`);
    return found;
  }

  #take(count: number): void {
    if (count > this.#stack.length) throw new FormatError('WebAssembly module: an operand is missing');
    this.#stack.length -= count;
  }

  #give(types: readonly number[], maker: number): void {
    for (const type of types) this.#stack.push({ type, maker });
  }
}
