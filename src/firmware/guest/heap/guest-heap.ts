/** What of the interpreter's module the heap is worked by (`instrument.ts` adds it). */
export interface HeapParts {
  readonly memory: WebAssembly.Memory;
  readonly allocated: WebAssembly.Global;
  readonly allowance: WebAssembly.Global;
  readonly request: WebAssembly.Global;
  readonly refusal: WebAssembly.Global;
  /** Address of mp_state_ctx. */
  readonly state: number;
  /** gc_collect_start, which marks what the interpreter's state and the Python stack hold; gc_collect_end, which sweeps. */
  readonly start: () => void;
  readonly end: () => void;
  /** gc_mark_subtree of py/gc.c. */
  readonly mark: (area: number, block: number) => void;
  readonly stackPointer: () => number;
  readonly stackBase: () => number;
}

/** Offsets in mp_state_ctx and in its mp_state_mem_area_t, of 1.27.0 on 32 bits. */
const STATE = { lock: 20, area: 384, threshold: 940 };
const AREA = { next: 0, table: 4, tableBytes: 8, pool: 16, poolEnd: 20 };
/** Two bits a block (py/gc.c). */
const BLOCK = { free: 0, head: 1, tail: 2, mark: 3 };
const NEVER = 0xffffffff;
export const BLOCK_BYTES = 16;
const BLOCKS_PER_BYTE = 4;

/** How many of the four blocks of a byte of the table are in use. */
const USED_BLOCKS = Uint8Array.from({ length: 256 }, (_, byte) =>
  [0, 2, 4, 6].reduce((used, shift) => used + Number(((byte >> shift) & 3) !== BLOCK.free), 0),
);

/** The heap of the interpreter in WebAssembly, and its collector. */
export class GuestHeap {
  readonly #parts: HeapParts;
  readonly #watched = new Map<number, () => void>();

  constructor(parts: HeapParts) {
    this.#parts = parts;
    // The port collects every 16 KiB, since it can do so at the top level alone; a board does when its heap is full.
    this.#view().setUint32(parts.state + STATE.threshold, NEVER, true);
  }

  /** Bytes asked for since the interpreter was loaded, in whole blocks; what was freed is not taken off. */
  get allocatedBytes(): number {
    return this.#parts.allocated.value as number;
  }

  /** Bytes that are asked for, while the host is asked for room. */
  get requestedBytes(): number {
    return this.#parts.request.value as number;
  }

  /** What `allocatedBytes` may grow to before the host is asked for room again. */
  setAllowance(bytes: number): void {
    this.#parts.allowance.value = bytes;
  }

  /** Lets the request fail for which the host is asked: the script gets a MemoryError. */
  refuse(): void {
    this.#parts.refusal.value = 1;
  }

  /** Whether nothing may be collected now, as while an object is being freed. */
  get isLocked(): boolean {
    return this.#view().getUint16(this.#parts.state + STATE.lock, true) !== 0;
  }

  /** Bytes in use, garbage included. */
  get usedBytes(): number {
    let used = 0;
    for (const { table } of this.#areas()) for (const byte of table) used += USED_BLOCKS[byte];
    return used * BLOCK_BYTES;
  }

  /**
   * Frees what nothing points to. Every word on the C stack counts as a pointer, also one to the middle of an object: a
   * compiler may keep no other.
   */
  collect(): void {
    const { start, end, stackPointer, stackBase, memory } = this.#parts;
    start();
    const from = stackPointer() & ~3;
    const words = new Uint32Array(memory.buffer, from, (stackBase() - from) >> 2);
    const areas = this.#areas();
    for (const word of words) {
      const area = areas.find(({ pool, poolEnd }) => word >= pool && word < poolEnd);
      if (area) this.#markFrom(word, area);
    }
    end();
    this.#tellFreed();
  }

  /** Calls `onFreed` once a collection has freed the object of Python at the address, as `id()` gives it. */
  watch(address: number, onFreed: () => void): void {
    this.#watched.set(address, onFreed);
  }

  /** Right behind a sweep, while no block that it freed is another object's yet. */
  #tellFreed(): void {
    if (this.#watched.size === 0) return;
    const areas = this.#areas();
    for (const [address, onFreed] of this.#watched) {
      const area = areas.find(({ pool, poolEnd }) => address >= pool && address < poolEnd);
      if (area && kindOf(area.table, (address - area.pool) / BLOCK_BYTES) !== BLOCK.free) continue;
      this.#watched.delete(address);
      onFreed();
    }
  }

  #markFrom(address: number, { at, pool, table }: Area): void {
    let block = Math.floor((address - pool) / BLOCK_BYTES);
    while (kindOf(table, block) === BLOCK.tail) block--;
    if (kindOf(table, block) !== BLOCK.head) return;
    table[Math.floor(block / BLOCKS_PER_BYTE)] |= BLOCK.mark << (2 * (block % BLOCKS_PER_BYTE));
    this.#parts.mark(at, block);
  }

  #view(): DataView {
    return new DataView(this.#parts.memory.buffer);
  }

  /** The pieces of memory that the heap is made of: the first, and those by which it grew. */
  #areas(): Area[] {
    const view = this.#view();
    const areas: Area[] = [];
    for (let at = this.#parts.state + STATE.area; at !== 0; at = view.getUint32(at + AREA.next, true)) {
      const field = (offset: number) => view.getUint32(at + offset, true);
      const table = new Uint8Array(view.buffer, field(AREA.table), field(AREA.tableBytes));
      areas.push({ at, table, pool: field(AREA.pool), poolEnd: field(AREA.poolEnd) });
    }
    return areas;
  }
}

interface Area {
  readonly at: number;
  readonly table: Uint8Array;
  readonly pool: number;
  readonly poolEnd: number;
}

function kindOf(table: Uint8Array, block: number): number {
  return (table[Math.floor(block / BLOCKS_PER_BYTE)] >> (2 * (block % BLOCKS_PER_BYTE))) & 3;
}
