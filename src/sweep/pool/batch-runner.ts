import type { SweepPlan } from '../study/run-plan.ts';
import type { PartSummary } from '../store/parquet-file.ts';

export interface EvaluatedBatch {
  readonly batch: number;
  /** Points that the runtime refuses; they are rows too. */
  readonly failed: number;
  /** The batch as a Parquet file; absent where whoever evaluated it has put it into the store already. */
  readonly bytes?: Uint8Array<ArrayBuffer>;
  /** What a thread of this process has put there. */
  readonly kept?: PartSummary;
  /** Who evaluated it, on which machine; absent on this one. */
  readonly worker?: string;
}

/** Evaluates batches somewhere: here, in threads, on other machines. */
export interface BatchRunner {
  /**
   * Batches as they are finished, in any order, each once. The reader has kept one when it asks for the next. Aborted,
   * it ends early with those that were finished. `keepIn` is the folder of a store on this machine: whoever evaluates a
   * batch may put it there.
   */
  run(
    plan: SweepPlan,
    batches: Iterable<number>,
    signal?: AbortSignal,
    keepIn?: string,
  ): AsyncIterable<EvaluatedBatch>;
}

/** Where finished batches are kept; `openStore` opens a folder. */
export interface BatchStore {
  readonly finishedPoints: number;
  /** Where it is a folder of parts, into which threads may write. */
  readonly folder?: string;
  missing(): Iterable<number>;
  write(batch: number, bytes: Uint8Array): Promise<void>;
  /** Takes over what a worker has put there itself: a thread of this process, which tells what it `kept`, or another one. */
  accept(batch: number, kept?: PartSummary): Promise<void>;
}
