/** A queue between producers and one reader that holds at most so many values: producers wait for room. */
export interface Channel<T> extends AsyncIterable<T> {
  /** Settles when there is room for the next; at once, without keeping the value, where the reader has gone. */
  push(value: T): Promise<void>;
  /** No more values; with an error the reader gets it behind the values that wait. */
  close(error?: unknown): void;
}

export function createChannel<T>(capacity: number): Channel<T> {
  const values: T[] = [];
  const writers: (() => void)[] = [];
  let wakeReader: (() => void) | undefined;
  let end: { readonly error?: unknown } | undefined;
  let isRead = true;

  async function* read(): AsyncGenerator<T> {
    try {
      for (;;) {
        while (values.length > 0) {
          const value = values.shift()!;
          writers.shift()?.();
          yield value;
        }
        if (end) break;
        await new Promise<void>((resolve) => void (wakeReader = resolve));
      }
    } finally {
      isRead = false;
      for (const wake of writers.splice(0)) wake();
    }
    if (end.error !== undefined) throw end.error;
  }

  return {
    [Symbol.asyncIterator]: read,
    async push(value) {
      if (!isRead) return;
      values.push(value);
      wakeReader?.();
      if (values.length > capacity) await new Promise<void>((resolve) => void writers.push(resolve));
    },
    close(error) {
      end ??= error === undefined ? {} : { error };
      wakeReader?.();
    },
  };
}
