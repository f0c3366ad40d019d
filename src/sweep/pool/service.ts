import { transfer } from 'comlink';
import { numbersOf, type ResultColumns } from '../batch.ts';
import { createEvaluator, type Evaluator } from '../evaluator.ts';
import type { EvaluatedBatch } from '../run.ts';
import { planRange, type SweepPlan } from '../run-plan.ts';
import { probeOf } from './probe.ts';
import { partTags } from '../store/part-tags.ts';
import { encodePart, type EncodedPart } from '../store/parquet-file.ts';

interface EncodedBatch {
  readonly failed: number;
  readonly part: EncodedPart;
}

/** Evaluates batches of a plan to the bytes of their Parquet files. */
export class BatchEvaluator {
  readonly plan: SweepPlan;
  readonly #evaluator: Evaluator;
  #spare: ResultColumns | undefined;

  constructor(plan: SweepPlan) {
    this.plan = plan;
    this.#evaluator = createEvaluator(plan.space, plan.boards);
  }

  evaluate(batch: number): EvaluatedBatch {
    return withBytes(batch, this.encode(batch));
  }

  /** As `evaluate`, into memory that the next batch will use. */
  encode(batch: number): EncodedBatch {
    const { from, to } = planRange(this.plan, batch);
    const results = this.#evaluator.evaluate(from, to, this.#spare);
    this.#spare = results;
    return { failed: countFailed(results), part: encodePart(results, partTags(this.plan.key, batch)) };
  }
}

function withBytes(batch: number, { failed, part }: EncodedBatch) {
  return { batch, failed, bytes: part.bytes.slice() };
}

function countFailed(results: ResultColumns): number {
  let failed = 0;
  for (const ok of numbersOf(results, 'ok')) failed += 1 - ok;
  return failed;
}

/** Puts a batch into the folder of a store; false where it cannot, on a full disk say. */
export type KeepPart = (folder: string, batch: number, bytes: Uint8Array) => boolean;

/** What a thread of a sweep serves: one plan at a time, batch by batch. `keep` is there where it can write files. */
export function createSweepService(keep?: KeepPart) {
  let current: BatchEvaluator | undefined;
  return {
    /** Takes a plan up; does nothing for the one that it is at. Where it throws, so does the next `evaluate`. */
    prepare(plan: SweepPlan): void {
      if (current?.plan.key === plan.key) return;
      current = undefined;
      current = new BatchEvaluator(plan);
    },
    probe: probeOf,
    /** Evaluates a batch and, where a folder is named and can be written to, keeps it there. */
    evaluate(batch: number, keepIn?: string): EvaluatedBatch {
      if (!current) throw new Error('prepare the thread before it evaluates');
      const encoded = current.encode(batch);
      // Here and not in the thread that asks: the time that a disk takes is then shared out as the evaluation is.
      if (keepIn !== undefined && keep?.(keepIn, batch, encoded.part.bytes))
        return { batch, failed: encoded.failed, kept: encoded.part.outline };
      const evaluated = withBytes(batch, encoded);
      return transfer(evaluated, [evaluated.bytes.buffer]);
    },
  };
}

export type SweepService = ReturnType<typeof createSweepService>;
