// npm run fuzz [target] [--minutes 5] [--seed 1]: feeds parsers and sandboxes with files that are nearly good. What is neither
// read nor refused in one line, within 2 s of the processor and 256 MB, is a find: it is made smaller and kept in
// test/fuzz/corpus, which test/fuzz/corpus.test.ts tries from then on. Ends with 1 where there were finds.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { crc32 } from '../../src/models/formats/crc32.ts';
import { buildFeeder } from './build-feeder.ts';
import { kindOf, NO_OUTCOMES, type Outcomes } from './outcomes.ts';
import { TARGETS } from './targets.ts';
import { feed } from './watch.ts';

/** Tries that one find may take to be made smaller. */
const MOST_TRIES = 40;

const here = dirname(fileURLToPath(import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'inferscope-fuzz-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const feeder = await buildFeeder(join(folder, 'built'));

/** A busy machine takes longer; what is measured is the same, whoever ended it. */
const sameKind = (a: string, b: string): boolean =>
  kindOf(a.replace('more than ', '')) === kindOf(b.replace('more than ', ''));

/** Whether an input that is tried alone shows this kind of problem. */
async function shows(name: string, bytes: Uint8Array, problem: string): Promise<boolean> {
  const file = join(folder, 'alone');
  writeFileSync(file, bytes);
  const found = (await feed(feeder, name, { seconds: 0, seed: 0, file })).problem;
  return found !== undefined && sameKind(found, problem);
}

/** The input without pieces that the problem does not need. */
async function minimised(name: string, bytes: Uint8Array, problem: string): Promise<Uint8Array> {
  let best = bytes;
  let piece = best.length >> 1;
  for (let tries = 0; piece > 0 && tries < MOST_TRIES; piece >>= 1) {
    for (let at = 0; at < best.length && tries < MOST_TRIES; tries++) {
      const smaller = Uint8Array.from([...best.subarray(0, at), ...best.subarray(at + piece)]);
      if (await shows(name, smaller, problem)) best = smaller;
      else at += piece;
    }
  }
  return best;
}

interface Find {
  readonly bytes: Uint8Array;
  /** Whether the kept bytes were seen to do it again, alone. */
  readonly isRepeated: boolean;
}

/** What is kept of a find: made smaller where it repeats alone, as it was found where it does not. */
async function findOf(name: string, bytes: Uint8Array, problem: string): Promise<Find> {
  if (!(await shows(name, bytes, problem))) return { bytes, isRepeated: false };
  const smaller = await minimised(name, bytes, problem);
  if (await shows(name, smaller, problem)) return { bytes: smaller, isRepeated: true };
  return { bytes, isRepeated: await shows(name, bytes, problem) };
}

const both = (a: Outcomes, b: Outcomes): Outcomes => ({
  tried: a.tried + b.tried,
  read: a.read + b.read,
  kinds: Math.max(a.kinds, b.kinds),
  mostRefused: a.mostRefused + b.mostRefused,
});

function percent(count: number, { tried }: Outcomes): string {
  return `${((100 * count) / Math.max(1, tried)).toFixed(count * 10 < tried ? 1 : 0)}%`;
}

async function fuzz(name: string, minutes: number, firstSeed: number): Promise<number> {
  // Minutes of feeding: what finds take to be made smaller comes on top.
  let end = Date.now() + minutes * 60_000;
  const known = new Set<string>();
  let [outcomes, seed] = [NO_OUTCOMES, firstSeed];
  while (Date.now() < end) {
    const file = join(folder, name);
    const fed = await feed(feeder, name, {
      ...{ seconds: Math.max(1, (end - Date.now()) / 1000), seed: seed++, file },
    });
    outcomes = both(outcomes, fed.outcomes);
    if (fed.problem === undefined || known.has(kindOf(fed.problem))) continue;
    known.add(kindOf(fed.problem));
    const foundAt = Date.now();
    const { bytes, isRepeated } = await findOf(name, readFileSync(file), fed.problem);
    end += Date.now() - foundAt;
    const kept = join(here, 'corpus', name, `${crc32(bytes).toString(16).padStart(8, '0')}.bin`);
    mkdirSync(dirname(kept), { recursive: true });
    writeFileSync(kept, bytes);
    const note = isRepeated ? '' : ', not seen again alone';
    console.log(`${name}: ${fed.problem}${note}\n  ${bytes.length} bytes in ${kept}`);
  }
  console.log(
    `${name}: ${outcomes.tried} inputs, ${percent(outcomes.read, outcomes)} of them read, ${outcomes.kinds} kinds of answers, ` +
      `${percent(outcomes.mostRefused, outcomes)} refused in the most frequent way, ${known.size} finds`,
  );
  return known.size;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
if (values.help) {
  console.log(
    `npm run fuzz -- [target..] [--minutes 5] [--seed 1], where targets are\n  ${Object.keys(TARGETS).join(' ')}`,
  );
  process.exit(0);
}
const names = positionals.length > 0 ? positionals : Object.keys(TARGETS);
const unknown = names.find((name) => !Object.hasOwn(TARGETS, name));
if (unknown !== undefined || !(Number(values.minutes) > 0)) {
  console.error(`fuzz: write ${Object.keys(TARGETS).join(', ')}, and --minutes above 0`);
  process.exit(2);
}
let finds = 0;
for (const name of names) finds += await fuzz(name, Number(values.minutes), Number(values.seed));
process.exit(finds > 0 ? 1 : 0);
