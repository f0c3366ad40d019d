import { BLOCK_BYTES, type GuestHeap } from './guest-heap.ts';

export interface BoardHeapParts {
  readonly heap: GuestHeap;
  /** Size of the board's heap. */
  readonly heapBytes: number;
  /** What of it images take, which lie outside of the interpreter in here. */
  readonly imageBytes: () => number;
  /** Frees those of them whose objects are gone. */
  readonly freeImages: () => void;
  /** Told of each collection that the board would make, with the bytes that stayed alive. */
  readonly onCollection: (liveBytes: number) => void;
}

/** Bytes that the shims may take between two questions for room while the board's heap is all but full. */
const STEP_BYTES = 1024;
/** What may be taken above the board's heap in all, so that an error in a full heap can say its line. */
const OVERDRAFT_BYTES = 64 * 1024;
/** What one refusal opens of it. */
const OVERDRAFT_STEP_BYTES = 1024;

/** Of a tuple in the interpreter in here, and of each of its items. */
const TUPLE_BYTES = 8;
const WORD_BYTES = 4;

const wholeBlocks = (bytes: number): number => Math.ceil(bytes / BLOCK_BYTES) * BLOCK_BYTES;

/**
 * The board's heap: which of the bytes in the interpreter's heap the script would have taken on the board. The shims' own
 * are not, since those functions are C there; so the board's heap fills more slowly than the one in here, which is larger
 * and is swept more often without the board's noticing.
 */
export class BoardHeap {
  readonly #parts: BoardHeapParts;
  #hasBegun = false;
  #isAutomatic = true;
  #threshold = Infinity;
  /** Bytes in use before the script: the shims. */
  #base = 0;
  /** The board's used bytes when `#mark` bytes had been allocated, and how many of them are gone from the heap in here. */
  #usedAtMark = 0;
  #mark = 0;
  #phantom = 0;
  /** Bytes allocated since the board's last collection, at the mark. */
  #sinceCollection = 0;
  /** Bytes that shims allocated since the mark. */
  #shimBytes = 0;
  #depth = 0;
  #enteredAt = 0;
  #leftAt: number | undefined;
  #wrapperBytes: number | undefined;
  #overdraft = 0;
  /** A shim was given room that the board's heap may not have: the script is asked next. */
  #isOwed = false;

  constructor(parts: BoardHeapParts) {
    this.#parts = parts;
  }

  /** What is in the heap by now is the shims': the board's is empty. */
  prepare(): void {
    const { heap } = this.#parts;
    heap.collect();
    this.#base = heap.usedBytes;
  }

  /** The script is compiled and runs from here on. */
  begin(): void {
    const { heap } = this.#parts;
    heap.collect();
    this.#hasBegun = true;
    this.#setMark(Math.max(0, heap.usedBytes - this.#base));
    this.#arm();
  }

  /** What comes now is no script's: it gets all room there is. */
  end(): void {
    this.#hasBegun = false;
    this.#parts.heap.setAllowance(Infinity);
  }

  /** A shim begins; its wrapper has allocated a tuple of so many arguments, and what every wrapper does. */
  enter(argumentCount: number): void {
    if (this.#depth++ > 0) return;
    const now = this.#parts.heap.allocatedBytes;
    const tupleBytes = argumentCount > 0 ? wholeBlocks(TUPLE_BYTES + WORD_BYTES * argumentCount) : 0;
    // Two calls of nothing side by side come before the script: what lies between them is the wrapper's.
    if (this.#wrapperBytes === undefined)
      this.#wrapperBytes = this.#leftAt === undefined ? undefined : now - this.#leftAt;
    this.#shimBytes += tupleBytes + (this.#wrapperBytes ?? 0);
    this.#enteredAt = now;
  }

  leave(): void {
    if (--this.#depth > 0) return;
    const now = this.#parts.heap.allocatedBytes;
    this.#shimBytes += now - this.#enteredAt;
    this.#leftAt = now;
    if (this.#isOwed) this.#arm(0);
  }

  get usedBytes(): number {
    return Math.min(
      this.#used(this.#parts.heap.allocatedBytes) + this.#parts.imageBytes(),
      this.#parts.heapBytes,
    );
  }

  get freeBytes(): number {
    return this.#parts.heapBytes - this.usedBytes;
  }

  get isAutomatic(): boolean {
    return this.#isAutomatic;
  }

  set isAutomatic(value: boolean) {
    this.#isAutomatic = value;
  }

  /** Bytes after which the board collects though there is room; Infinity for never. */
  get threshold(): number {
    return this.#threshold;
  }

  set threshold(bytes: number) {
    this.#threshold = bytes;
    this.#arm();
  }

  /** Calls `onFreed` once the object of Python at the address has been freed. */
  watch(address: number, onFreed: () => void): void {
    this.#parts.heap.watch(address, onFreed);
  }

  /** Collects as the board would, and says so. */
  collect(): void {
    const { heap, onCollection, freeImages } = this.#parts;
    if (heap.isLocked) return;
    heap.collect();
    freeImages();
    this.#phantom = 0;
    this.#sinceCollection = 0;
    this.#setMark(Math.max(0, heap.usedBytes - this.#base));
    onCollection(this.#usedAtMark);
    this.#arm();
  }

  /** The heap in here is full, which the board's need not be. */
  sweep(): void {
    const { heap, heapBytes, imageBytes } = this.#parts;
    if (!this.#hasBegun) return heap.collect();
    const used = this.#used(heap.allocatedBytes);
    if (used + imageBytes() > heapBytes && this.#isAutomatic) return this.collect();
    heap.collect();
    this.#phantom = Math.max(0, used - (heap.usedBytes - this.#base));
    this.#sinceCollection += this.#scriptBytes(heap.allocatedBytes);
    this.#setMark(used);
    this.#arm();
  }

  /** Gives or refuses the room that is asked for. */
  makeRoom(): void {
    const { heap } = this.#parts;
    if (!this.#hasBegun) return heap.setAllowance(Infinity);
    if (this.#depth > 0 || heap.isLocked) {
      this.#isOwed = true;
      return heap.setAllowance(heap.allocatedBytes + STEP_BYTES);
    }
    const bytes = wholeBlocks(heap.requestedBytes);
    const isDue = this.#sinceCollection + this.#scriptBytes(heap.allocatedBytes) >= this.#threshold;
    if (this.#isAutomatic && (isDue || !this.#fits(bytes))) {
      this.collect();
      // Its request is still to come.
      this.#mark -= bytes;
    }
    if (!this.#fits(bytes)) this.#refuse(bytes);
    this.#arm();
  }

  #refuse(bytes: number): void {
    this.#parts.heap.refuse();
    this.#mark += bytes;
    if (this.#overdraft < OVERDRAFT_BYTES) this.#overdraft += OVERDRAFT_STEP_BYTES;
  }

  /** Whether the request fits, whose bytes are counted as allocated already. */
  #fits(bytes: number): boolean {
    const { heap, heapBytes, imageBytes } = this.#parts;
    const before = heap.allocatedBytes - bytes;
    const overdraft = bytes <= OVERDRAFT_STEP_BYTES ? this.#overdraft : 0;
    return this.#used(before) + imageBytes() + bytes <= heapBytes + overdraft;
  }

  /** Two bounds: what was in use and all that came since; and what is in use in here and what is gone from here alone. */
  #used(allocatedBytes: number): number {
    const { heap } = this.#parts;
    const byCount = this.#usedAtMark + this.#scriptBytes(allocatedBytes);
    const byTable = Math.max(0, heap.usedBytes - this.#base + this.#phantom);
    return Math.min(byCount, byTable);
  }

  #scriptBytes(allocatedBytes: number): number {
    const inShim = this.#depth > 0 ? allocatedBytes - this.#enteredAt : 0;
    return Math.max(0, allocatedBytes - this.#mark - this.#shimBytes - inShim);
  }

  #setMark(used: number): void {
    this.#usedAtMark = used;
    this.#mark = this.#enteredAt = this.#parts.heap.allocatedBytes;
    this.#shimBytes = 0;
  }

  #arm(leastBytes = STEP_BYTES): void {
    this.#isOwed = false;
    if (!this.#hasBegun) return;
    const { heap, heapBytes, imageBytes } = this.#parts;
    const now = heap.allocatedBytes;
    const room = heapBytes + this.#overdraft - this.#used(now) - imageBytes();
    const due = this.#threshold - this.#sinceCollection - this.#scriptBytes(now);
    heap.setAllowance(now + Math.max(leastBytes, Math.min(room, due)));
  }
}
