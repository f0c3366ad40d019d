/** Where a number comes from: timed or counted, printed by a vendor or source, fitted to data, or guessed. */
export type Grade = 'measured' | 'documented' | 'fitted' | 'estimated';

/** A number of a board or chip, with what it stands on. */
export interface Constant {
  readonly value: number;
  /** Unit of `value` in words, e.g. "core cycles per byte". */
  readonly unit: string;
  readonly source: string;
  readonly grade: Grade;
}
