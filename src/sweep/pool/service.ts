import { transfer } from 'comlink';
import { numbersOf, type ResultColumns } from '../batch.ts';
import { createEvaluator, type Evaluator } from '../evaluator.ts';
import type { EvaluatedBatch } from '../run.ts';
import { planRange, type SweepPlan } from '../run-plan.ts';
import { probeOf } from './probe.ts';
import { partTags } from '../store/part-tags.ts';
import { encodePart } from '../store/parquet-file.ts';

type FinishedBatch = EvaluatedBatch & Required<Pick<EvaluatedBatch, 'bytes'>>;

/** Evaluates batches of a plan to the bytes of their Parquet files. */
export class BatchEvaluator {
  readonly plan: SweepPlan;
  readonly #evaluator: Evaluator;
  #spare: ResultColumns | undefined;

  constructor(plan: SweepPlan) {
    this.plan = plan;
    this.#evaluator = createEvaluator(plan.space, plan.boards);
  }

  evaluate(batch: number): FinishedBatch {
    const { from, to } = planRange(this.plan, batch);
    const results = this.#evaluator.evaluate(from, to, this.#spare);
    this.#spare = results;
    const bytes = encodePart(results, partTags(this.plan.key, batch));
    return { batch, failed: countFailed(results), bytes };
  }
}

function countFailed(results: ResultColumns): number {
  let failed = 0;
  for (const ok of numbersOf(results, 'ok')) failed += 1 - ok;
  return failed;
}

/** Puts a batch into the folder of a store; false where it cannot, on a full disk say. */
export type KeepPart = (folder: string, batch: number, bytes: Uint8Array) => Promise<boolean>;

/** What a thread of a sweep serves: one plan at a time, batch by batch. `keep` is there where it can write files. */
export function createSweepService(keep?: KeepPart) {
  let current: BatchEvaluator | undefined;
  return {
    /** Takes a plan up; does nothing for the one that it is at. */
    prepare(plan: SweepPlan): void {
      if (current?.plan.key === plan.key) return;
      current = new BatchEvaluator(plan);
    },
    probe: probeOf,
    /** Evaluates a batch and, where a folder is named and can be written to, keeps it there. */
    async evaluate(batch: number, keepIn?: string): Promise<FinishedBatch> {
      if (!current) throw new Error('prepare the thread before it evaluates');
      const evaluated = current.evaluate(batch);
      // Here and not in the thread that asks: the time that a disk takes is then shared out as the evaluation is.
      const isKept = keepIn !== undefined && (await keep?.(keepIn, batch, evaluated.bytes)) === true;
      return transfer({ ...evaluated, isKept }, [evaluated.bytes.buffer]);
    },
  };
}

export type SweepService = ReturnType<typeof createSweepService>;
