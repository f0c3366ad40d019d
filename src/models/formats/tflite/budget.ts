import { FormatError } from '../../../errors.ts';

const FLOOR_BYTES = 65536;
const FILE_MULTIPLE = 8;

/**
 * Memory that a graph may take while it is read: 8 times its file. Every vector and string may point to the same bytes
 * of a hostile file, so what is copied out of it is counted first. Throws a FormatError once it is spent.
 */
export class Budget {
  #bytesLeft: number;
  readonly #file: string;

  constructor(fileBytes: number, file: string) {
    this.#bytesLeft = Math.max(FLOOR_BYTES, FILE_MULTIPLE * fileBytes);
    this.#file = file;
  }

  spend(bytes: number): void {
    this.#bytesLeft -= bytes;
    if (this.#bytesLeft >= 0) return;
    throw new FormatError(
      `${this.#file}: corrupt: describes more than ${FILE_MULTIPLE} times its own bytes; vectors or names overlap, get the file again`,
    );
  }
}
