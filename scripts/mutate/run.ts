/**
 * Changes the sources of the project in small ways, one at a time, and asks the near tests whether they notice: npm run mutate
 *
 * Not StrykerJS: its versions for this vitest want Node 22, it first runs the whole suite (with servers, browsers and
 * processes that its switch does not reach), and it neither samples nor knows near tests.
 */
import { fileURLToPath } from 'node:url';
import { measureBaseline, Refusal, type Baseline } from './baseline.ts';
import { Memory } from './memory.ts';
import { applyMutant, describeMutant, type Mutant } from './mutant.ts';
import { readOptions, USAGE, type Options } from './options.ts';
import { makePlan, type Plan } from './plan.ts';
import { BAR, describeOutcome, killedShare, summarize, type Tried } from './report.ts';
import { endAll, runTests, type Outcome } from './run-tests.ts';
import { readTree, type Tree } from './tree.ts';
import { WorkCopy } from './work-copy.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');
const MEMORY = `${ROOT}/node_modules/.cache/mutate/results.jsonl`;

/** A test file hangs when it takes this much longer than without a mutant. */
const SLOWER = 5;
const GRACE_SECONDS = 10;

interface Bench {
  readonly plan: Plan;
  readonly tree: Tree;
  readonly memory: Memory;
  readonly baseline: Baseline;
}

const outcomeKey = ({ plan }: Pick<Bench, 'plan'>, mutant: Mutant): string =>
  [plan.mutantKey(mutant), ...plan.testsOf(mutant).map(plan.testKey)].join(' ');

async function tryMutant({ plan, tree, baseline }: Bench, mutant: Mutant, copy: WorkCopy): Promise<Outcome> {
  const tests = plan.testsOf(mutant);
  if (tests.length === 0) return { kind: 'passed' };
  const original = tree.get(mutant.file)!;
  const limitSeconds = (file: string) => GRACE_SECONDS + SLOWER * (baseline.get(file) ?? 0);
  return copy.withText(mutant.file, applyMutant(original, mutant), original, () =>
    runTests({ folder: copy.folder, tests, limitSeconds }),
  );
}

/** Each copy takes the next mutant until none is left. */
async function tryAll(
  bench: Bench,
  mutants: readonly Mutant[],
  copies: readonly WorkCopy[],
): Promise<Tried[]> {
  const tried: Tried[] = [];
  const waiting = [...mutants];
  await Promise.all(
    copies.map(async (copy) => {
      for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
        const key = outcomeKey(bench, mutant);
        const known = bench.memory.get<Outcome>(key);
        const outcome = known ?? (await tryMutant(bench, mutant, copy));
        if (known === undefined) bench.memory.put(key, outcome);
        bench.memory.put(bench.plan.mutantKey(mutant), outcome.kind);
        tried.push({ mutant, outcome });
        console.log(
          `[${tried.length}/${mutants.length}] ${describeMutant(mutant)}\n    ${describeOutcome(outcome)}`,
        );
      }
    }),
  );
  return tried.sort((a, b) => mutants.indexOf(a.mutant) - mutants.indexOf(b.mutant));
}

function chooseMutants(plan: Plan, memory: Memory, { survivors }: Options): readonly Mutant[] {
  if (!survivors) return plan.mutants;
  return plan.mutants.filter((mutant) => (memory.get(plan.mutantKey(mutant)) ?? 'passed') === 'passed');
}

async function main(options: Options): Promise<number> {
  const tree = readTree(ROOT);
  const plan = makePlan(tree, options.count, options.seed, options.only);
  const memory = new Memory(MEMORY, options.fresh);
  const mutants = chooseMutants(plan, memory, options);
  mutants.forEach((mutant) => console.log(describeMutant(mutant)));
  console.log(`${mutants.length} mutants, seed ${options.seed}\n`);
  if (options.list) return 0;
  if (mutants.length === 0) throw new Refusal(`nothing to change below ${options.only}`);
  const copies = Array.from({ length: options.workers }, () => new WorkCopy(ROOT));
  process.once('exit', () => {
    endAll();
    copies.forEach((copy) => copy.remove());
  });
  const tests = [...new Set(mutants.flatMap(plan.testsOf))].sort();
  const baseline = await measureBaseline({ tests, copies, memory, keyOf: plan.testKey });
  const tried = await tryAll({ plan, tree, memory, baseline }, mutants, copies);
  console.log(`\n${summarize(tried)}`);
  return killedShare(tried) >= BAR ? 0 : 1;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

function optionsOrUsage(): Options {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`);
    process.exit(2);
  }
}

try {
  process.exitCode = await main(optionsOrUsage());
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
