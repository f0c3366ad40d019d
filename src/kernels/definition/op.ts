import type { StoredOp, WeightSlots } from '../../models/formats/tflite/op-storage.ts';
import type { TensorInfo } from '../../models/graph/graph.ts';
import type { OpQuantization } from '../../models/quantize/op-quantization.ts';
import type { Prepare } from './kernel.ts';
import type { KmodelForm } from './kmodel-form.ts';
import type { Operands } from './operands.ts';
import type { Estimates, TflmSupport } from './tflm.ts';

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

/** What is said of an op without computing anything; its name is TFLite's builtin name. */
export interface OpFacts extends StoredOp {
  readonly weighted?: WeightSlots;
  /** Positions of weights and bias, wherever they come from; those of `weighted` where absent. */
  readonly weightInputs?: readonly number[];
  /** Positions of operands that only steer the op (shapes, axes, paddings): neither activations nor parameters. */
  readonly indexInputs?: readonly number[];
  readonly quantization?: OpQuantization;
  readonly tflm?: TflmSupport;
  /** Instructions of the reference kernel, where nobody counted them. */
  readonly estimates?: Estimates;
  /** How it runs its subgraphs: all, one of them, or both again and again; absent where it runs none. */
  readonly runs?: 'all' | 'one' | 'rounds';
  /** Why it may have no price where it has an estimate, and what to do. */
  readonly unpriced?: string;
  /** What the K210's converter makes of it; absent where it refuses it and there is nothing to say. */
  readonly kmodel?: KmodelForm;
}

/** An operator without its arithmetic: what predictions need of it. Optional inputs that are absent are `undefined` in `inputs`. */
export interface DescribedOp<T extends string = string, A extends object = object> extends OpFacts {
  readonly type: T;
  /** Output shapes and types; `declared` is what the model says of them, where nothing else does. Throws a SpecError that says what does not fit; never returns a guess. */
  infer(attributes: A, inputs: Operands, declared?: readonly TensorInfo[]): TensorInfo[];
  work(attributes: A, inputs: Operands, outputs: readonly TensorInfo[]): Work;
}

/** An operator: everything that the project knows of it. */
export interface Op<T extends string = string, A extends object = object> extends DescribedOp<T, A> {
  /** The plain loops that faster ones must equal. */
  prepare(...call: Parameters<Prepare<A>>): ReturnType<Prepare<A>>;
}
