// Feeds one target for so many seconds of the wall clock, each input written to a file before it is tried, so that whoever
// watches this process knows at what it died. Arguments: target, seconds, seed, file; or target, 0, 0, file: tries that one.
import { readFileSync, writeFileSync } from 'node:fs';
import { InferscopeError } from '../../src/errors.ts';
import { seededIntegers } from '../../src/seeded-random.ts';
import { TARGETS } from './targets.ts';

const MAX_MEMORY_BYTES = 256e6;
const MAX_CPU_SECONDS = 2;

const [name, seconds, seed, file] = process.argv.slice(2) as [string, string, string, string];
const target = TARGETS[name]!;

/** What is wrong with how an input was answered; undefined where it was read or refused. */
async function problemOf(bytes: Uint8Array): Promise<string | undefined> {
  const before = { rss: process.memoryUsage.rss(), cpu: process.cpuUsage() };
  try {
    await target.run(bytes);
  } catch (error) {
    if (!(error instanceof InferscopeError)) {
      const { name: kind, message, stack = '' } = error as Error;
      const place = stack.split('\n').find((line) => line.includes('/src/')) ?? '';
      return `${kind}: ${message} ${place.replace(/.*\/src\//, 'src/').replace(/:\d+\)?$/, '')}`;
    }
    if (error.message.includes('\n')) return `more than one line: ${error.message}`;
  }
  const { user, system } = process.cpuUsage(before.cpu);
  const seconds = (user + system) / 1e6 - (target.startSeconds ?? 0);
  if (seconds > MAX_CPU_SECONDS) return `takes ${seconds.toFixed(1)} s`;
  const grown = 1024 * process.resourceUsage().maxRSS - Math.max(before.rss, peakBytes);
  peakBytes = Math.max(peakBytes, 1024 * process.resourceUsage().maxRSS);
  return grown > MAX_MEMORY_BYTES ? `takes ${Math.round(grown / 1e6)} MB` : undefined;
}

let peakBytes = 0;
const seeds = await target.seeds();
if (seconds === '0') {
  process.send?.({ problem: (await problemOf(readFileSync(file))) ?? '' });
} else {
  for (const bytes of seeds) {
    const problem = await problemOf(bytes);
    if (problem !== undefined && !problem.startsWith('takes'))
      throw new Error(`a seed of ${name}: ${problem}`);
  }
  const draw = seededIntegers(Number(seed));
  const end = performance.now() + 1000 * Number(seconds);
  let tried = 0;
  for (; performance.now() < end; tried++) {
    const bytes = target.mutate(seeds, draw);
    writeFileSync(file, bytes);
    const problem = await problemOf(bytes);
    if (problem === undefined) continue;
    process.send?.({ problem, tried });
    break;
  }
  process.send?.({ tried });
}
process.disconnect?.();
process.exit(0);
