import type { LuaAddress, RawLua } from './lua-module.ts';
import { SANDBOX_NAME } from './prelude.ts';

/** Fields of lua_Debug (Lua 5.4, 32 bit), and room for the whole record. */
const CURRENT_LINE_INT32 = 6;
const SHORT_SOURCE_BYTES = 44;
const RECORD_BYTES = 256;
/** "Sl": source and line. */
const WHAT = [0x53, 0x6c, 0];
const SANDBOX_LETTERS = [...SANDBOX_NAME].map((letter) => letter.charCodeAt(0));

/** Finds where a Lua state is, without allocating in it: it may be out of memory. */
export class LineFinder {
  readonly #raw: RawLua;
  readonly #record: number;
  readonly #what: number;

  constructor(raw: RawLua) {
    this.#raw = raw;
    this.#record = raw._malloc(RECORD_BYTES);
    this.#what = raw._malloc(WHAT.length);
    raw.HEAPU8.set(WHAT, this.#what);
  }

  /** The line that the script itself is at, 0 where only the sandbox's own code runs. */
  find(state: LuaAddress): number {
    for (let level = 0; this.#raw._lua_getstack(state, level, this.#record) !== 0; level++) {
      this.#raw._lua_getinfo(state, this.#what, this.#record);
      const line = this.#raw.HEAP32[(this.#record >> 2) + CURRENT_LINE_INT32];
      if (line > 0 && !this.#isSandboxCode()) return line;
    }
    return 0;
  }

  #isSandboxCode(): boolean {
    const start = this.#record + SHORT_SOURCE_BYTES;
    return SANDBOX_LETTERS.every((letter, at) => this.#raw.HEAPU8[start + at] === letter);
  }

  free(): void {
    this.#raw._free(this.#record);
    this.#raw._free(this.#what);
  }
}
