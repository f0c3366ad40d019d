/*
 * The files of a run as plain data, apart from what handles them: who uses the library sees these types, and none of the
 * interpreter's.
 */

/** What of a run lies on the board as files. */
export interface GuestFileSet {
  /** Texts of the kit's Python files, by path below src/firmware/. */
  readonly shims: Readonly<Record<string, string>>;
  /** Files that the script finds, by path on the board. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
}

/** A file that a script wrote. */
export interface WrittenFile {
  /** Where it lies on the board, from the root on. */
  readonly path: string;
  readonly byteLength: number;
  /** What is in it, where that was asked for and there is room. */
  readonly bytes?: Uint8Array;
}
