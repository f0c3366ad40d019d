import type { Waiter } from './waiting.ts';

/** Parked processes in the order in which they will be served; the links are fields of the processes. */
export class WaitList {
  first: Waiter | null = null;
  length = 0;
  #last: Waiter | null = null;

  append(process: Waiter): void {
    process.next = null;
    if (this.#last === null) this.first = process;
    else this.#last.next = process;
    this.#last = process;
    this.length++;
  }

  /** Behind all of equal or smaller `rank`, before all of greater. */
  insert(process: Waiter, rank: number): void {
    process.rank = rank;
    if (this.#last === null || this.#last.rank <= rank) return this.append(process);
    let before: Waiter | null = null;
    let after = this.first!;
    while (after.rank <= rank) {
      before = after;
      after = after.next!;
    }
    process.next = after;
    if (before === null) this.first = process;
    else before.next = process;
    this.length++;
  }

  /** Takes out the first; the list must not be empty. */
  shift(): Waiter {
    const process = this.first!;
    this.first = process.next;
    if (this.first === null) this.#last = null;
    process.next = null;
    this.length--;
    return process;
  }

  names(): string[] {
    const names = [];
    for (let process = this.first; process !== null; process = process.next) names.push(process.name);
    return names;
  }

  clear(): void {
    this.first = null;
    this.#last = null;
    this.length = 0;
  }
}
