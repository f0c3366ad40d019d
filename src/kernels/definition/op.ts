import type { OpAttributes, OpType } from '../../models/graph/attributes.ts';
import type { TensorInfo } from '../../models/graph/graph.ts';

/**
 * What one execution of an op does, counted and not priced. Every field is a pure count of the op's shapes;
 * a cost row of a board turns it into cycles.
 */
export interface Work {
  /** Multiply-accumulates, taps in the padding included. */
  readonly macs: number;
  /** Elements of all outputs. */
  readonly elements: number;
  /** Bytes of activations read once each. */
  readonly loadBytes: number;
  /** Bytes of outputs written. */
  readonly storeBytes: number;
  /** Bytes of constant operands (weights, bias, tables). */
  readonly weightBytes: number;
  /** Op-specific counts by name (`outputs`, `pixels`, `inImageTaps`, ...), the vocabulary of cost terms. */
  readonly counts: Readonly<Record<string, number>>;
}

/** Operands of one node by position; optional ones that are absent are `undefined`. */
export type Operands = readonly (TensorInfo | undefined)[];

/**
 * The contract of an operator: one folder under `kernels/`, one line in `kernels/index.ts`.
 * Optional inputs that are absent are `undefined` in `inputs`.
 */
export interface Op<T extends OpType = OpType> {
  readonly type: T;
  /** Positions of weights and bias, wherever they come from. */
  readonly weightInputs?: readonly number[];
  /** Positions of operands that only steer the op (shapes, axes, paddings): neither activations nor parameters. */
  readonly indexInputs?: readonly number[];
  /** Output shapes and types. Throws a SpecError that says what does not fit; never returns a guess. */
  infer(attributes: OpAttributes[T], inputs: Operands): TensorInfo[];
  work(attributes: OpAttributes[T], inputs: Operands, outputs: readonly TensorInfo[]): Work;
}
