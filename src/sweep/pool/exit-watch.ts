/** Watches over something that answers and may end before it does: a thread, a connection. */
export class ExitWatch {
  readonly #waiting = new Set<(error: unknown) => void>();
  #ended: { readonly error: unknown } | undefined;

  get hasEnded(): boolean {
    return this.#ended !== undefined;
  }

  /** Ends all that waits with this error. Only the first one counts. */
  endWith(error: unknown): void {
    if (this.#ended) return;
    this.#ended = { error };
    for (const end of this.#waiting) end(error);
    this.#waiting.clear();
  }

  /**
   * Waits for an answer, and no longer than it lives. Throws what the answer throws, or why it ended. Nothing of the
   * answer is kept: a promise that is raced against a promise that lives as long as the thread would keep each one.
   */
  hold<T>(answer: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.#ended) {
        answer.catch(() => undefined);
        reject(this.#ended.error);
        return;
      }
      this.#waiting.add(reject);
      answer.then(resolve, reject).finally(() => this.#waiting.delete(reject));
    });
  }

  /** Rejects when it ends. */
  end(): Promise<never> {
    return this.hold(new Promise<never>(() => undefined));
  }
}
