import type { Builder, Offset } from 'flatbuffers';

const INT32_BYTES = 4;

/** Writes each distinct vector of int32 once: shapes and operand lists of a network repeat. */
export class SharedVectors {
  readonly #builder: Builder;
  readonly #written = new Map<string, Offset>();

  constructor(builder: Builder) {
    this.#builder = builder;
  }

  /** Offset of a vector of these values. Not to be called while a table is open. */
  write(values: readonly number[]): Offset {
    const key = values.join();
    const found = this.#written.get(key);
    if (found !== undefined) return found;
    const b = this.#builder;
    b.startVector(INT32_BYTES, values.length, INT32_BYTES);
    for (let index = values.length - 1; index >= 0; index--) b.addInt32(values[index]);
    const offset = b.endVector();
    this.#written.set(key, offset);
    return offset;
  }
}
