import type { DirectArguments, DirectFunction } from '../../direct-function.ts';

/** What of the interpreter's module direct calls need (`direct-stub.ts`). */
export interface DirectParts {
  readonly memory: WebAssembly.Memory;
  /** Functions by index; the last one is the stub that all direct functions are called by. */
  readonly table: WebAssembly.Table;
  readonly malloc: (bytes: number) => number;
}

/** Decides on a call and charges it. */
export interface DirectTurn {
  /** Whether work may be done in place of a shim; then `leaveDirect` is to come. */
  canSkipShim(): boolean;
  enterDirect(): void;
  leaveDirect(hasEntered: boolean): void;
}

/** Offsets in mp_obj_type_t of 1.27.0 on 32 bits (py/obj.h): flags, number of the slot of `call`, the slots. */
const TYPE = { flags: 4, callSlot: 10, slots: 20, mostSlots: 12 };
/** MP_TYPE_FLAG_BUILTIN_FUN: a function that has it is no method of objects whose class is Python's. */
const IS_BUILTIN = 0x0040;
const WORD_BYTES = 4;
/** A function object: its type, and its place in the list here. */
const FUNCTION_BYTES = 2 * WORD_BYTES;
/** What are objects and no addresses (MP_OBJ_NEW_IMMEDIATE_OBJ). */
const [NONE, FALSE, TRUE] = [6, 14, 30];

/** A direct function that leaves every call to its shim. */
export const ALWAYS_SHIM: DirectFunction = { find: () => undefined, run: () => null };

type PythonCall = (object: number, count: number, names: number, at: number) => number;
interface Entry {
  readonly direct: DirectFunction;
  /** The shim, by its address; kept alive in Python. */
  readonly shim: number;
}

/**
 * Functions of the host that are objects of MicroPython, as a firmware's own are: a call of one is a step out of the
 * interpreter and back, where the way over a shim and the bridge to JavaScript takes dozens of bytecodes. Each stands for a
 * shim and leaves to it what it does not know.
 */
export class DirectCalls implements DirectArguments {
  readonly #parts: DirectParts;
  readonly #turn: DirectTurn;
  readonly #entries: Entry[] = [];
  #next: DirectFunction | undefined;
  #words: Int32Array;
  #type = 0;
  #at = 0;
  count = 0;

  constructor(parts: DirectParts, turn: DirectTurn) {
    this.#parts = parts;
    this.#turn = turn;
    this.#words = new Int32Array(parts.memory.buffer);
  }

  /**
   * Makes the builtin function at this address, which nothing else uses, one that gives the direct function for a shim:
   * JavaScript alone has no way to hand Python an object.
   */
  install(builtin: number): void {
    this.#type = this.#makeType(this.#word(builtin));
    this.#write(builtin, [this.#type, 0]);
    this.#entries[0] = { direct: ALWAYS_SHIM, shim: 0 };
  }

  /** The next shim that is handed to the function of `install` is the one that `direct` stands for; true where it is one. */
  prepare(direct: DirectFunction | undefined): boolean {
    this.#next = direct;
    return direct !== undefined;
  }

  /** A call of the function at `object`; returns the object that it gives. */
  call(object: number, count: number, names: number, at: number): number {
    if (this.#words.length === 0) this.#words = new Int32Array(this.#parts.memory.buffer);
    const index = this.#words[(object >> 2) + 1];
    if (index === 0) return this.#make(this.#word(at));
    const { direct, shim } = this.#entries[index];
    if (names === 0 && this.#turn.canSkipShim()) {
      [this.#at, this.count] = [at, count];
      const target = direct.find(this);
      if (target !== undefined) return this.#run(direct, target);
      this.#turn.leaveDirect(false);
    }
    return this.#callSlot(this.#word(shim))(shim, count, names, at);
  }

  get self(): number {
    return this.count > 0 ? this.#words[this.#at >> 2] : 0;
  }

  get kind(): number {
    const { self } = this;
    return self === 0 || self & 3 ? 0 : this.#words[self >> 2];
  }

  get isTrue(): boolean | undefined {
    const object = this.#words[(this.#at >> 2) + 1];
    if (object & 1) return object !== 1;
    if (object === TRUE) return true;
    return object === FALSE || object === NONE ? false : undefined;
  }

  #run(direct: DirectFunction, target: unknown): number {
    this.#turn.enterDirect();
    try {
      const answer = direct.run(target, this);
      return answer === null ? NONE : answer * 2 + 1;
    } finally {
      this.#turn.leaveDirect(true);
    }
  }

  #make(shim: number): number {
    const direct = this.#next;
    if (!direct) return shim;
    this.#next = undefined;
    const made = this.#parts.malloc(FUNCTION_BYTES);
    this.#write(made, [this.#type, this.#entries.push({ direct, shim }) - 1]);
    return made;
  }

  /** A type as that of the builtin functions, but for what happens at a call, and for methods being methods. */
  #makeType(like: number): number {
    const bytes = TYPE.slots + TYPE.mostSlots * WORD_BYTES;
    const made = this.#parts.malloc(bytes);
    const memory = new Uint8Array(this.#parts.memory.buffer);
    memory.copyWithin(made, like, like + bytes);
    memory[made + TYPE.flags] &= ~IS_BUILTIN;
    const slot = TYPE.slots + (memory[made + TYPE.callSlot] - 1) * WORD_BYTES;
    this.#write(made + slot, [this.#parts.table.length - 1]);
    return made;
  }

  #callSlot(type: number): PythonCall {
    const slot = new Uint8Array(this.#parts.memory.buffer)[type + TYPE.callSlot];
    return this.#parts.table.get(this.#word(type + TYPE.slots + (slot - 1) * WORD_BYTES)) as PythonCall;
  }

  #word(at: number): number {
    return new Int32Array(this.#parts.memory.buffer)[at >> 2];
  }

  #write(at: number, words: readonly number[]): void {
    new Int32Array(this.#parts.memory.buffer).set(words, at >> 2);
  }
}
