/** A number, or a word: a board's id, "int8", "0.5x". */
export type AxisValue = number | string;

/** One quantity that a sweep varies, with the values that it takes, each once. */
export interface Axis {
  readonly name: string;
  readonly values: readonly AxisValue[];
}
