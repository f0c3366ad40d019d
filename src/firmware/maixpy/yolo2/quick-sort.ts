/** What a sort did. */
export interface SortWork {
  comparisons: number;
  swaps: number;
}

/** A part of an array to be sorted, its end excluded. */
interface Part {
  readonly from: number;
  readonly to: number;
}

const FEW = 7;
const MANY = 40;

/**
 * Sorts in place as qsort of newlib does: Bentley and McIlroy's (Engineering a sort function, 1993), with three parts about
 * a median, so that its order of equal elements is the board's. Counts what it did.
 */
export function quickSort(items: Int32Array, compare: (a: number, b: number) => number): SortWork {
  const sort = new QuickSort(items, compare);
  const parts: Part[] = [{ from: 0, to: items.length }];
  for (let part = parts.pop(); part; part = parts.pop()) {
    if (part.to - part.from < FEW) sort.insert(part);
    else parts.push(...sort.partition(part));
  }
  return sort.work;
}

class QuickSort {
  readonly work: SortWork = { comparisons: 0, swaps: 0 };
  readonly #items: Int32Array;
  readonly #order: (a: number, b: number) => number;

  constructor(items: Int32Array, order: (a: number, b: number) => number) {
    this.#items = items;
    this.#order = order;
  }

  insert({ from, to }: Part): void {
    for (let end = from + 1; end < to; end++)
      for (let at = end; at > from && this.#compare(at - 1, at) > 0; at--) this.#swap(at, at - 1);
  }

  /** Puts what is less before the median and what is more behind it; gives the two parts that are left, the first last. */
  partition(part: Part): Part[] {
    const { from, to } = part;
    this.#swap(from, this.#median(part));
    let [lessEnd, at, last, moreStart] = [from + 1, from + 1, to - 1, to - 1];
    let hasSwapped = false;
    for (;;) {
      for (let order = 0; at <= last && (order = this.#compare(at, from)) <= 0; at++) {
        if (order !== 0) continue;
        hasSwapped = true;
        this.#swap(lessEnd++, at);
      }
      for (let order = 0; at <= last && (order = this.#compare(last, from)) >= 0; last--) {
        if (order !== 0) continue;
        hasSwapped = true;
        this.#swap(last, moreStart--);
      }
      if (at > last) break;
      this.#swap(at++, last--);
      hasSwapped = true;
    }
    if (!hasSwapped) {
      this.insert(part);
      return [];
    }
    const [less, more] = [at - lessEnd, moreStart - last];
    this.#swapRange(from, at, Math.min(lessEnd - from, less));
    this.#swapRange(at, to, Math.min(more, to - 1 - moreStart));
    return [
      { from: to - more, to },
      { from, to: from + less },
    ].filter((rest) => rest.to - rest.from > 1);
  }

  #median({ from, to }: Part): number {
    const count = to - from;
    const middle = from + Math.floor(count / 2);
    if (count === FEW) return middle;
    if (count <= MANY) return this.#middleOf(from, middle, to - 1);
    const step = Math.floor(count / 8);
    return this.#middleOf(
      this.#middleOf(from, from + step, from + 2 * step),
      this.#middleOf(middle - step, middle, middle + step),
      this.#middleOf(to - 1 - 2 * step, to - 1 - step, to - 1),
    );
  }

  #middleOf(a: number, b: number, c: number): number {
    if (this.#compare(a, b) < 0) {
      if (this.#compare(b, c) < 0) return b;
      return this.#compare(a, c) < 0 ? c : a;
    }
    if (this.#compare(b, c) > 0) return b;
    return this.#compare(a, c) < 0 ? a : c;
  }

  #compare(a: number, b: number): number {
    this.work.comparisons += 1;
    return this.#order(this.#items[a], this.#items[b]);
  }

  #swap(a: number, b: number): void {
    this.work.swaps += 1;
    [this.#items[a], this.#items[b]] = [this.#items[b], this.#items[a]];
  }

  /** Swaps the first elements from `from` on with the last ones before `to`. */
  #swapRange(from: number, to: number, count: number): void {
    for (let index = 0; index < count; index++) this.#swap(from + index, to - count + index);
  }
}
