import type { Baseline } from './baseline.ts';
import type { Memory } from './memory.ts';
import { applyMutant, describeMutant, type Mutant } from './mutant.ts';
import type { Plan } from './plan.ts';
import { describeOutcome, type Tried } from './report.ts';
import { runTests, type Outcome } from './run-tests.ts';
import type { Tree } from './tree.ts';
import type { WorkCopy } from './work-copy.ts';

/** What all mutants of a run share. */
export interface Bench {
  readonly plan: Plan;
  readonly tree: Tree;
  readonly memory: Memory;
  readonly baseline: Baseline;
}

/** Each copy takes the next mutant until none is left; prints each as it is judged. */
export async function tryMutants(
  bench: Bench,
  mutants: readonly Mutant[],
  copies: readonly WorkCopy[],
): Promise<Tried[]> {
  const tried: Tried[] = [];
  const waiting = [...mutants];
  await Promise.all(
    copies.map(async (copy) => {
      for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
        const outcome = await judge(bench, mutant, copy);
        tried.push({ mutant, outcome });
        const place = `[${tried.length}/${mutants.length}]`;
        console.log(`${place} ${describeMutant(mutant)}\n    ${describeOutcome(outcome)}`);
      }
    }),
  );
  return tried.sort((a, b) => mutants.indexOf(a.mutant) - mutants.indexOf(b.mutant));
}

/** What is remembered, or what the tests say now. */
async function judge(bench: Bench, mutant: Mutant, copy: WorkCopy): Promise<Outcome> {
  const { plan, memory } = bench;
  const key = [plan.mutantKey(mutant), ...plan.testsOf(mutant).map(plan.testKey)].join(' ');
  const outcome = memory.get<Outcome>(key) ?? (await tryMutant(bench, mutant, copy));
  if (outcome.kind !== 'broken') memory.put(key, outcome);
  memory.put(plan.mutantKey(mutant), outcome.kind);
  return outcome;
}

async function tryMutant(bench: Bench, mutant: Mutant, copy: WorkCopy): Promise<Outcome> {
  const { plan, tree, baseline } = bench;
  const tests = plan.testsOf(mutant);
  if (tests.length === 0) return { kind: 'passed' };
  const original = tree.get(mutant.file)!;
  const limitSeconds = (file: string) => baseline.limitSeconds(file);
  const outcome = await copy.withText(mutant.file, applyMutant(original, mutant), original, () =>
    runTests({ folder: copy.folder, tests, limitSeconds }),
  );
  if (outcome.kind === 'passed') return outcome;
  const limitBefore = limitSeconds(outcome.file);
  if (!(await baseline.passes(outcome.file, copy))) return { kind: 'broken', file: outcome.file };
  const wasHasty = outcome.kind === 'timeout' && limitSeconds(outcome.file) > limitBefore;
  return wasHasty ? tryMutant(bench, mutant, copy) : outcome;
}
