import type { NccAddress } from '../../deploy/ncc/plan.ts';

/** A layer of the file: where it reads and where it writes, bytes of main memory or lines of KPU memory. */
interface PlannedLayer {
  readonly index: number;
  readonly op: string;
  readonly reads: readonly NccAddress[];
  readonly writes: NccAddress;
}

/** What `convert --json` tells of a kmodel. */
export interface KmodelSummary {
  readonly mainMemoryBytes: number;
  /** Of the first output, in main memory. */
  readonly outputAddress: number;
  readonly plan: readonly PlannedLayer[];
  readonly bodyBytes: readonly number[];
}

/** What a user may choose about a conversion. */
export interface ConvertOptions {
  /** A folder of images, or mnist. */
  readonly dataset: string | undefined;
  /** A file with ranges by tensor. */
  readonly ranges?: string | undefined;
  readonly floatFc: boolean;
  readonly channelwiseOutput: boolean;
  /** Flash address of a package's model, as it was typed. */
  readonly address: string;
}

/** A converted model, not yet written. */
export interface Conversion {
  readonly bytes: Uint8Array;
  /** How many images its ranges come from. */
  readonly images: number;
  readonly kmodel?: KmodelSummary;
  /** Sentences for the user. */
  readonly notes: readonly string[];
}
