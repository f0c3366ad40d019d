/** Bytes that are taken, as sorted spans that do not touch. */
class ByteSpans {
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  /** Position of the first span that ends above `offset`. */
  #firstEndingAbove(offset: number): number {
    let [low, high] = [0, this.#ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#ends[middle] > offset) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  add(start: number, end: number): void {
    const first = this.#firstEndingAbove(start - 1);
    let last = first;
    while (last < this.#starts.length && this.#starts[last] <= end) last += 1;
    const isAlone = first === last;
    const from = isAlone ? start : Math.min(start, this.#starts[first]);
    const to = isAlone ? end : Math.max(end, this.#ends[last - 1]);
    this.#starts.splice(first, last - first, from);
    this.#ends.splice(first, last - first, to);
  }

  /** The lowest offset from `offset` on at which a span may end that stands in the way of `bytes`; `offset` if none does. */
  above(offset: number, bytes: number): number {
    const at = this.#firstEndingAbove(offset);
    return at < this.#starts.length && this.#starts[at] < offset + bytes ? this.#ends[at] : offset;
  }
}

/** Blocks over one run of steps: those that last for all of it, and those that are there at any of it. */
interface StepNode {
  readonly throughout: ByteSpans;
  readonly anywhere: ByteSpans;
}

/**
 * Which bytes of a memory are taken at which steps: a binary tree over the steps, so that a block is looked up and entered
 * in as many places as the count of steps has digits, however many other blocks live at its steps.
 */
export class OccupiedSpans {
  readonly #firstStep: number;
  readonly #leaves: number;
  readonly #nodes: (StepNode | undefined)[] = [];

  constructor(firstStep: number, lastStep: number) {
    this.#firstStep = firstStep;
    this.#leaves = 2 ** Math.ceil(Math.log2(lastStep - firstStep + 1));
  }

  /** The lowest offset where `bytes` (above 0) are free from the first to the last step. */
  lowestGap(firstStep: number, lastStep: number, bytes: number): number {
    const inTheWay: ByteSpans[] = [];
    const [covering, above] = this.#nodesOf(firstStep, lastStep);
    for (const node of covering) if (this.#nodes[node]) inTheWay.push(this.#nodes[node].anywhere);
    for (const node of above) if (this.#nodes[node]) inTheWay.push(this.#nodes[node].throughout);
    let offset = 0;
    for (let clear = 0, at = 0; clear < inTheWay.length; at = (at + 1) % inTheWay.length) {
      const next = inTheWay[at].above(offset, bytes);
      clear = next === offset ? clear + 1 : 0;
      offset = next;
    }
    return offset;
  }

  add(firstStep: number, lastStep: number, offset: number, bytes: number): void {
    const [covering, above] = this.#nodesOf(firstStep, lastStep);
    for (const node of covering) {
      this.#nodeAt(node).throughout.add(offset, offset + bytes);
      this.#nodeAt(node).anywhere.add(offset, offset + bytes);
    }
    for (const node of above) this.#nodeAt(node).anywhere.add(offset, offset + bytes);
  }

  #nodeAt(node: number): StepNode {
    return (this.#nodes[node] ??= { throughout: new ByteSpans(), anywhere: new ByteSpans() });
  }

  /** The fewest nodes that make up a run of steps, and all nodes above them. */
  #nodesOf(firstStep: number, lastStep: number): [covering: number[], above: Set<number>] {
    const covering: number[] = [];
    let low = firstStep - this.#firstStep + this.#leaves;
    let high = lastStep - this.#firstStep + this.#leaves + 1;
    for (; low < high; low >>= 1, high >>= 1) {
      if (low & 1) covering.push(low++);
      if (high & 1) covering.push(--high);
    }
    const above = new Set<number>();
    for (const node of covering) for (let up = node >> 1; up > 0; up >>= 1) above.add(up);
    return [covering, above];
  }
}
