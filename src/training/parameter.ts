/** Values that training changes. */
export interface Parameter {
  readonly name: string;
  readonly shape: readonly number[];
  readonly initial: Float32Array;
}
