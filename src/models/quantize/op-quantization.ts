import type { Quantization } from '../graph/graph.ts';

/** How a float network's operator becomes one of int8 (TFLite's quantization specification). */
export interface OpQuantization {
  /** It moves or chooses values: the kernels do not rescale there, so all its tensors share one scale. */
  readonly sameScale?: boolean;
  /** Its output's range is known, and demanded by the kernels. */
  readonly output?: Quantization;
  /** It converts between types: a float network has none. */
  readonly isConversion?: boolean;
}

/** What quantizing asks an operator. */
export interface QuantizedOp {
  readonly quantization?: OpQuantization;
  readonly weighted?: {
    readonly data: number;
    readonly weights: number;
    readonly bias: number;
    readonly axis?: number;
  };
}

/** The operator of that name; undefined where it has no int8 form here. */
export type QuantizedOps = (op: string) => QuantizedOp | undefined;
