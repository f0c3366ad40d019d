import type { Graph } from '../models/graph/graph.ts';
import type { PredictOptions } from '../simulate/predict.ts';

/** What a small change touches. */
export type EditKind =
  | 'channels'
  | 'kernel'
  | 'padding'
  | 'dilation'
  | 'activation'
  | 'dtype'
  | 'kernels'
  | 'placement'
  | 'copy-out'
  | 'setting';

/** A small change of a network or of how it is run. */
export interface Edit {
  readonly kind: EditKind;
  /** What is done, in words: "CONV_2D (op 0): 5 filters instead of 6". */
  readonly title: string;
  /** Operator of the model that is changed; absent for a change of the whole. */
  readonly node?: number;
  /** The changed network; throws a SpecError where it would not hold together. */
  readonly change?: (graph: Graph) => Graph;
  readonly options?: PredictOptions;
  /** A choice of firmware or converter, KEY=VALUE as --set takes it. */
  readonly set?: string;
  /** The network computes something else, so that it must be trained or quantized again. */
  readonly changesAnswers: boolean;
}
