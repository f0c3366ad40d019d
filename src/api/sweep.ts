/** Sweeps over designs, the same in Node and in a page; what needs Node is in `inferscope/node`. */
export { findCrossovers, type CrossoverOptions, type Crossovers } from '../sweep/answers/find-crossovers.ts';
export { paretoFront } from '../sweep/answers/pareto.ts';
export { createEvaluator, type Evaluator } from '../sweep/evaluate/evaluator.ts';
export { createThreadRunner, type StartThread } from '../sweep/pool/thread-runner.ts';
export { wrapWebWorker } from '../sweep/pool/web-thread.ts';
export type { BatchRunner, BatchStore } from '../sweep/pool/batch-runner.ts';
export { createLocalRunner, sweep, type SweepProgress, type SweepRunOptions } from '../sweep/run-sweep.ts';
export type { Column, ResultColumns } from '../sweep/study/batch.ts';
export { designSpace, type DesignRequest } from '../sweep/study/design-space.ts';
export { parseStudy } from '../sweep/study/parse-study.ts';
export { planSweep, type PlanOptions, type SweepPlan } from '../sweep/study/run-plan.ts';
export type { DesignSpace, Objective } from '../sweep/study/space.ts';
