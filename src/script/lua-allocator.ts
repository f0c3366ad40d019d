import type { Budget } from './instruction-budget.ts';
import { STRING_TYPE, type RawLua } from './lua-module.ts';

/** What an allocator asks of its machine. */
export interface AllocatorHost {
  /** Charges instructions. */
  spend(instructions: number): void;
  /** Told before memory is refused; the state can be looked into. */
  refuses(): void;
}

/** Memory of one Lua state, within its budget: what goes beyond is refused, which Lua turns into an error of its own. */
export class LuaAllocator {
  readonly #raw: RawLua;
  readonly #budget: Budget;
  readonly #host: AllocatorHost;
  #blocks = 0;
  /** The state's own stack, whose pointers Lua takes apart while it grows: nobody may look into the state then. */
  #stackBlock = 0;

  constructor(raw: RawLua, budget: Budget, host: AllocatorHost) {
    this.#raw = raw;
    this.#budget = budget;
    this.#host = host;
  }

  /** As lua_Alloc: a block of `after` bytes in place of the one at `pointer`; 0 where there is none. */
  allocate(pointer: number, before: number, after: number): number {
    if (after === 0) {
      if (pointer !== 0) this.#budget.take(-before);
      this.#raw._free(pointer);
      return 0;
    }
    const addedBytes = pointer === 0 ? after : after - before;
    if (addedBytes > 0 && this.#budget.isLimited) {
      // For a new block Lua says its type instead of its size.
      if (this.#budget.exceeds(addedBytes, pointer === 0 && before === STRING_TYPE)) {
        if (pointer !== this.#stackBlock) this.#host.refuses();
        return 0;
      }
      this.#host.spend(this.#budget.instructionsOf(addedBytes));
    }
    return this.#grow(pointer, addedBytes, after);
  }

  #grow(pointer: number, addedBytes: number, after: number): number {
    const block = this.#raw._realloc(pointer, after);
    if (block === 0) return 0;
    this.#budget.take(addedBytes);
    // A new state takes itself first, its stack second.
    if (++this.#blocks === 2 || pointer === this.#stackBlock) this.#stackBlock = block;
    return block;
  }
}
