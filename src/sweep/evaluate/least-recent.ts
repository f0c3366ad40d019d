/**
 * Values made on demand, of which the least recently used goes when there are more than `kept`. For a few: it looks
 * through all of them. (A Map leaves its old tables to the garbage collector one holding the next, so that what was
 * in them outlives many collections: a third of a sweep's time went there.)
 */
export class LeastRecent<Key, Value> {
  readonly #kept: number;
  readonly #keys: Key[] = [];
  readonly #values: Value[] = [];

  constructor(kept: number) {
    this.#kept = kept;
  }

  get(key: Key, make: () => Value): Value {
    const at = this.#keys.indexOf(key);
    if (at >= 0) return this.#moveUp(at);
    const made = make();
    const last = Math.min(this.#kept - 1, this.#keys.length);
    this.#keys[last] = key;
    this.#values[last] = made;
    return this.#moveUp(last);
  }

  /** The most recent comes first. */
  #moveUp(at: number): Value {
    const key = this.#keys[at];
    const value = this.#values[at];
    for (let slot = at; slot > 0; slot--) {
      this.#keys[slot] = this.#keys[slot - 1]!;
      this.#values[slot] = this.#values[slot - 1]!;
    }
    this.#keys[0] = key;
    this.#values[0] = value;
    return value;
  }
}
