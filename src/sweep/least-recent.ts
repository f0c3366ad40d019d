/** Values made on demand, of which the least recently used goes when there are more than `kept`. */
export class LeastRecent<Key, Value> {
  readonly #kept: number;
  readonly #values = new Map<Key, Value>();

  constructor(kept: number) {
    this.#kept = kept;
  }

  get(key: Key, make: () => Value): Value {
    const known = this.#values.get(key);
    if (known !== undefined) {
      this.#values.delete(key);
      this.#values.set(key, known);
      return known;
    }
    const made = make();
    this.#values.set(key, made);
    if (this.#values.size > this.#kept) this.#values.delete(this.#values.keys().next().value!);
    return made;
  }
}
