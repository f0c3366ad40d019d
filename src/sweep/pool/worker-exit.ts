/** The life of something that answers, and may die before it does: a thread, a connection. */
export class Lifeline {
  readonly #waiting = new Set<(death: unknown) => void>();
  #death: { readonly error: unknown } | undefined;

  get isCut(): boolean {
    return this.#death !== undefined;
  }

  /** Ends all that waits with this error. Only the first one counts. */
  cut(error: unknown): void {
    if (this.#death) return;
    this.#death = { error };
    for (const end of this.#waiting) end(error);
    this.#waiting.clear();
  }

  /**
   * Waits for an answer, and no longer than this lives. Throws what the answer throws, or why this was cut. Nothing of the
   * answer is kept: a race against a promise that lives as long as the thread would keep each one.
   */
  hold<T>(answer: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#death) {
        answer.catch(() => undefined);
        reject(this.#death.error as Error);
        return;
      }
      this.#waiting.add(reject);
      answer.then(resolve, reject).finally(() => this.#waiting.delete(reject));
    });
  }

  /** Rejects when this is cut. */
  end(): Promise<never> {
    return this.hold(new Promise<never>(() => undefined));
  }
}
