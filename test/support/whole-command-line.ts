import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { User } from './another-user.ts';
import { filesBelow, ROOT } from './packed-package.ts';

/** A line for each command, on the examples that ship; what one writes another one reads. */
export const LINES: readonly (readonly string[])[] = [
  'predict examples/models/digits.tflite --board all',
  'explain paper:5 paper:6 --board maixduino',
  'place examples/models/digits.tflite --board maixduino',
  'suggest paper:8 --board maixduino',
  'run examples/models/digits.tflite --input examples/digits/7.png --board openmv-h7-plus',
  'exec examples/firmware/maixduino.py --board maixduino --flash 0x300000=paper:2 --camera examples/digits --pulses 2 --vcd pulses.vcd',
  'memory examples/models/digits-int8.tflite --board openmv-h7-plus --svg arena.svg',
  'inspect examples/models/digits.kmodel --registers',
  'convert examples/models/digits.tflite --to kfpkg --out digits.kfpkg --dataset examples/digits',
  'compare examples/models/digits.tflite --dataset mnist:100',
  'check examples/ci/budgets.json --write-baseline base.json',
  'flash digits.kfpkg --image flash.bin --isp frames.bin',
  'boards',
  'board new --core cortex-m7 --clock 216MHz --fpu single --cache 4KiB --ram 320KiB --flash 1MiB --out mine.json',
  'calibrate --board mine.json --measured own-times.csv --out fitted.json',
  'diagnose paper:8 --board openmv-h7-plus --measured 1.95ms',
  'overlay paper:8 log.csv --board openmv-h7-plus',
  'cite maixduino',
  'sweep --filters 1:8 --boards maixduino,openmv-h7-plus --workers 2 --out results',
  // Nobody listens there: what is asked is that its libraries are found, and that it says so in a line.
  'worker --queue redis://127.0.0.1:1',
  'query results select\u00a0board,min(latencyMs)from\u00a0results\u00a0group\u00a0by\u00a0board\u00a0order\u00a0by\u00a0board',
  'lua examples/lua/accelerator.lua paper:4 --out lua',
  'lab --out lab.html',
  'grade lesson-answers.json',
  'reproduce --no-files --json',
  'train --filters 1 --epochs 1 --out trained.tflite',
  'validate k210-layers',
  'vcd width pulses.vcd --pin LED_R',
  'completion',
].map((line) => line.split(' ').map((word) => word.replaceAll('\u00a0', ' ')));

/** Who runs the command line, from where. */
export interface Surroundings {
  /** Its executable. */
  readonly command: string;
  /** Folder to make and work in. */
  readonly folder: string;
  readonly user?: User | undefined;
  readonly env?: Readonly<Record<string, string>>;
}

export interface LineOutcome {
  readonly line: string;
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Of the wall clock. */
const SECONDS = /[\d.]+ s, [\d,.]+ points a second|in \d+ s$/gm;

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Runs every line; returns what each says, and hashes of the files that they leave, by their names. */
export function runWholeCommandLine({ command, folder, user = undefined, env = {} }: Surroundings): {
  readonly outcomes: readonly LineOutcome[];
  readonly files: Readonly<Record<string, string>>;
} {
  mkdirSync(folder);
  chmodSync(folder, 0o777);
  const fixtures = join(ROOT, 'test', 'fixtures');
  for (const name of ['own-times.csv', 'lesson-answers.json'])
    cpSync(join(fixtures, name), join(folder, name));
  writeFileSync(join(folder, 'log.csv'), 'op,ms\nCONV_2D,0.4\nFULLY_CONNECTED,0.5\n');
  symlinkSync(join(ROOT, 'examples'), join(folder, 'examples'));
  const outcomes = LINES.map((words) => {
    const { status, stdout, stderr } = spawnSync(command, words, {
      ...{ cwd: folder, encoding: 'utf8', ...user, env: { ...process.env, ...env } },
    });
    return { line: words.join(' '), code: status, out: stdout.replace(SECONDS, '...'), err: stderr };
  });
  const written = filesBelow(folder).map((name) => [name, hashOf(readFileSync(join(folder, name)))]);
  return { outcomes, files: Object.fromEntries(written) };
}
