import { transfer } from 'comlink';
import { hasFormulas } from '../../boards/pricing/formula.ts';
import { numbersOf, type ResultColumns } from '../study/batch.ts';
import { createEvaluator, type Evaluator } from '../evaluate/evaluator.ts';
import type { EvaluatedBatch } from './batch-runner.ts';
import { planRange, type SweepPlan } from '../study/run-plan.ts';
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
  #reused: ResultColumns | undefined;

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
    const results = this.#evaluator.evaluate(from, to, this.#reused);
    this.#reused = results;
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

export interface SweepServiceOptions {
  /** There where the thread can write files. */
  readonly keep?: KeepPart;
  /** Lets boards with costs in Lua be priced in this thread; called where a plan has one. */
  readonly enableFormulas?: () => Promise<void>;
}

/** What a thread of a sweep serves: one plan at a time, batch by batch. */
export function createSweepService({ keep, enableFormulas }: SweepServiceOptions = {}) {
  let current: BatchEvaluator | undefined;
  /** While a plan is taken up that has to wait for Lua. */
  let taking: Promise<void> | undefined;
  const enableFor = async ({ boards }: SweepPlan) => {
    if (enableFormulas && boards.some(hasFormulas)) await enableFormulas();
  };
  const takeUp = async (plan: SweepPlan) => {
    await enableFor(plan);
    current = new BatchEvaluator(plan);
  };
  return {
    /** Takes a plan up; does nothing for the one that it is at. Where it throws, so does the next `evaluate`. */
    async prepare(plan: SweepPlan): Promise<void> {
      if (current?.plan.key === plan.key) return;
      current = undefined;
      taking = takeUp(plan);
      await taking;
    },
    async probe(plan: SweepPlan): Promise<number> {
      await enableFor(plan);
      return probeOf(plan);
    },
    /** Evaluates a batch and, where a folder is named and can be written to, keeps it there. */
    async evaluate(batch: number, keepIn?: string): Promise<EvaluatedBatch> {
      await taking;
      if (!current) throw new Error('prepare the thread before it evaluates');
      const encoded = current.encode(batch);
      // Here and not in the thread that asks: the time that a disk takes is then shared out as the evaluation is.
      if (keepIn !== undefined && keep?.(keepIn, batch, encoded.part.bytes))
        return { batch, failed: encoded.failed, kept: encoded.part.summary };
      const evaluated = withBytes(batch, encoded);
      return transfer(evaluated, [evaluated.bytes.buffer]);
    },
  };
}

export type SweepService = ReturnType<typeof createSweepService>;
