// Feeds one target for so many seconds of the wall clock, each input written to a file before it is tried, so that whoever
// watches this process knows at what it died. An input that was answered as none before becomes a seed too: mutants of it come
// further. Arguments: target, seconds, seed, file; or target, 0, 0, file: tries that one.
import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { InferscopeError } from '../../src/errors.ts';
import { seededIntegers } from '../../src/seeded-random.ts';
import { Tally } from './outcomes.ts';
import { TARGETS } from './targets.ts';
import { MAKES_NEXT } from './watch.ts';

const MAX_MEMORY_BYTES = 256e6;
const MAX_CPU_SECONDS = 2;
const MAX_FILE_BYTES = 1e6;
const MOST_SEEDS = 2000;
/** Inputs after which what came of them is told, so that it is not lost where one ends the process. */
const TOLD_INPUTS = 50;
/** Linux forgets the peak of a process's memory where 5 is written here (proc(5)); elsewhere peaks of earlier inputs hide some. */
const PEAK_RESET = '/proc/self/clear_refs';
const forgetsPeak = existsSync(PEAK_RESET);

const [name, seconds, seed, file] = process.argv.slice(2) as [string, string, string, string];
const target = TARGETS[name]!;
const tally = new Tally();
let isNew = false;

const peakBytes = (): number => 1024 * process.resourceUsage().maxRSS;

/** What is wrong with how an input was answered; undefined where it was read or refused. */
async function problemOf(bytes: Uint8Array): Promise<string | undefined> {
  await target.prepare?.();
  if (forgetsPeak) writeFileSync(PEAK_RESET, '5');
  const before = { bytes: forgetsPeak ? process.memoryUsage.rss() : peakBytes(), cpu: process.cpuUsage() };
  try {
    const answer = await target.run(bytes);
    isNew = tally.add(typeof answer === 'string' ? answer : '', true);
  } catch (error) {
    if (!(error instanceof InferscopeError)) {
      const { name: kind, message, stack = '' } = Object(error) as Error;
      const place = stack.split('\n').find((line) => /\/(src|dist)\//.test(line)) ?? '';
      return `${kind}: ${message} ${place.replace(/.*\/(src|dist)\//, '').replace(/:\d+\)?$/, '')}`;
    }
    if (error.message.includes('\n')) return `more than one line: ${error.message}`;
    isNew = tally.add(error.message, false);
  }
  const { user, system } = process.cpuUsage(before.cpu);
  const taken = (user + system) / 1e6 - (target.startSeconds?.() ?? 0);
  if (taken > MAX_CPU_SECONDS) return `takes ${taken.toFixed(1)} s`;
  const grown = peakBytes() - before.bytes;
  return grown > MAX_MEMORY_BYTES ? `takes ${Math.round(grown / 1e6)} MB` : undefined;
}

const seeds = await target.seeds();
if (seconds === '0') {
  const bytes = readFileSync(file);
  let problem: string | undefined;
  // Whoever watches counts from here. The second time all is loaded, as it was where most inputs were found.
  for (let left = 2; left > 0 && problem === undefined; left--) {
    utimesSync(file, left, left);
    problem = await problemOf(bytes);
  }
  process.send?.({ problem: problem ?? '' });
} else {
  for (const bytes of seeds) {
    const problem = await problemOf(bytes);
    if (problem !== undefined && !problem.startsWith('takes'))
      throw new Error(`a seed of ${name}: ${problem}`);
  }
  const draw = seededIntegers(Number(seed));
  const end = performance.now() + 1000 * Number(seconds);
  const pool = [...seeds];
  let fed = 0;
  while (performance.now() < end) {
    // What the fuzzer itself takes to make an input is not the last one's.
    if (fed > 0) utimesSync(file, MAKES_NEXT, MAKES_NEXT);
    // Half of all begin at what people hand in: most of what was found on the way is refused early.
    const bytes = target.mutate(draw() % 2 ? seeds : pool, draw);
    if (bytes.length > MAX_FILE_BYTES) continue;
    writeFileSync(file, bytes);
    if (fed++ % TOLD_INPUTS === 0) process.send?.({ outcomes: tally.outcomes() });
    const problem = await problemOf(bytes);
    if (problem !== undefined) {
      process.send?.({ problem });
      break;
    }
    if (isNew && pool.length < MOST_SEEDS) pool.push(bytes);
  }
  process.send?.({ outcomes: tally.outcomes(), isLast: true });
}
process.disconnect?.();
process.exit(0);
