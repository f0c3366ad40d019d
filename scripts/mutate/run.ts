/**
 * Changes the sources of the project in small ways, one at a time, and asks the near tests whether they notice: npm run mutate
 *
 * Not StrykerJS: its versions for this vitest want Node 22, it first runs the whole suite (with servers, browsers and
 * processes that its switch does not reach), and it neither samples nor knows near tests.
 */
import { fileURLToPath } from 'node:url';
import { Baseline } from './baseline.ts';
import { Memory } from './memory.ts';
import { describeMutant, type Mutant } from './mutant.ts';
import { readOptions, USAGE, type Options } from './options.ts';
import { makePlan, type Plan } from './plan.ts';
import { BAR, killedShare, summarize } from './report.ts';
import { endAll } from './run-tests.ts';
import { readTree } from './tree.ts';
import { tryMutants } from './try-mutants.ts';
import { WorkCopy } from './work-copy.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');
const MEMORY = `${ROOT}/node_modules/.cache/mutate/results.jsonl`;

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
  if (mutants.length === 0) {
    console.error(`nothing to change below ${options.only}`);
    return 2;
  }
  const copies = Array.from({ length: options.workers }, () => new WorkCopy(ROOT));
  process.once('exit', () => {
    endAll();
    copies.forEach((copy) => copy.remove());
  });
  const baseline = new Baseline(memory, plan.testKey);
  const tried = await tryMutants({ plan, tree, memory, baseline }, mutants, copies);
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

process.exitCode = await main(optionsOrUsage());
