import { spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, test } from 'vitest';
import { runCli } from '../src/cli/run-cli.ts';
import { needs } from './support/needs.ts';
import { runCommand } from './support/run-command.ts';

let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'inferscope-outputs-'))));

const sweep = (line: string) => runCommand('sweep', ...line.split(' '));

describe('Ctrl-C after the last point', () => {
  /** Runs a sweep that is interrupted when it has written its first file. */
  async function interrupted(line: string): Promise<{ code: number; err: string }> {
    let err = '';
    const code = await runCli(['sweep', ...line.split(' ')], {
      out: () => undefined,
      err: (text) => {
        err += text;
        if (text.startsWith('wrote')) process.emit('SIGINT', 'SIGINT');
      },
      columns: 100,
      seconds: () => 0,
    });
    return { code, err };
  }

  test('keeps the file that was to be replaced, and says what is kept', async () => {
    const [csv, rows, out] = ['a.csv', 'a.jsonl', 'out'].map((name) => join(folder, name));
    writeFileSync(rows!, 'an earlier one');
    const { code, err } = await interrupted(`--filters 1:4 --csv ${csv} --json-rows ${rows} --out ${out}`);
    expect(code).toBe(130);
    expect(err).toMatch(/stopped after the last of 8 points.* kept in .*out; .* --resume to go on\n$/);
    expect(readFileSync(rows!, 'utf8')).toBe('an earlier one');
    expect(readdirSync(folder).sort()).toEqual(['a.csv', 'a.jsonl', 'out']);
  });
});

test('rows on the standard output leave the answers to stderr', async () => {
  const { out, err } = await sweep('--filters 1:4 --csv - --pareto');
  expect(out.trimEnd().split('\n')).toHaveLength(1 + 8);
  expect(err).toMatch(/Pareto front in latency/);
});

test.each([
  ['--csv', '--json-rows'],
  ['--parquet', '--svg'],
])('%s and %s cannot name the same file', async (first, second) => {
  const path = join(folder, 'a');
  const { code, err } = await sweep(`--filters 1:2 ${first} ${path} ${second} ${folder}/./a`);
  expect({ code, isThere: existsSync(path) }).toEqual({ code: 2, isThere: false });
  expect(err).toMatch(
    /^inferscope: --[a-z-]+ and --[a-z-]+ both name [^\n]*a; give each a file of its own\n$/,
  );
});

const fullDevice = needs('/dev/full');
test.skipIf(fullDevice.missing)(
  `a standard output that is full: one line, exit code 2${fullDevice.reason}`,
  () => {
    const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', main, 'boards', '--json'], {
      stdio: ['ignore', full, 'pipe'],
    });
    closeSync(full);
    expect({ status, err: stderr.toString() }).toEqual({
      status: 2,
      err: 'inferscope: the standard output cannot be written: no space left on the device\n',
    });
  },
);

test('a standard output of which only the first bytes fit: one line, exit code 2', () => {
  const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
  const line = `trap '' XFSZ; ulimit -f 1; exec ${process.execPath} --import tsx "$0" cite maixduino > "$1"`;
  const { status, stderr } = spawnSync('sh', ['-c', line, main, join(folder, 'out.txt')]);
  expect({ status, err: stderr.toString() }).toEqual({
    status: 2,
    err: expect.stringMatching(
      /^inferscope: the standard output cannot be written: larger than files may be here/,
    ),
  });
});

test('results with a byte that is not as it was written are not written to other files', async () => {
  const [out, csv] = ['out', 'a.csv'].map((name) => join(folder, name));
  await sweep(`--filters 1:50 --out ${out}`);
  const path = join(out!, 'results.parquet');
  const bytes = readFileSync(path);
  bytes[Math.floor(bytes.length / 3)]! ^= 1;
  writeFileSync(path, bytes);
  const { code, err } = await sweep(`--filters 1:50 --out ${out} --resume --csv ${csv}`);
  expect({ code, isThere: existsSync(csv!) }).toEqual({ code: 2, isThere: false });
  expect(err).toMatch(
    /results.parquet: is damaged \(its checksum differs\); delete it and run again with --resume\n$/,
  );
});

describe('what no board can run', () => {
  test.each([
    ['--kernels nonsense', /^inferscope: kernels: "nonsense" is of none of the boards; choose from maixpy/],
    ['--weights-in moon', /^inferscope: weightsIn: "moon" is of none of the boards; choose from sram, /],
    ['--clock warp=1GHz', /^inferscope: clock: "warp" is of none of the boards; choose from core, kpu\n$/],
  ])('%s is a mistake', async (line, message) => {
    const { code, out, err } = await sweep(`--filters 1:3 ${line}`);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
  });

  test('a sweep of which nothing runs is one too', async () => {
    const { code, out, err } = await sweep('--model paper:{f},zz={zz} --f 1:3 --zz 3');
    expect(code).toBe(2);
    expect(out).toMatch(/6 points, 6 \(100 %\) refused/);
    expect(out).not.toMatch(/--where|boards have no design|faster/);
    expect(err).toMatch(/^inferscope: every point of the sweep fails: .*unknown key "zz"[^\n]*\n$/);
  });

  test('weights are asked to be where a runtime does not put them', async () => {
    const { out } = await sweep('--filters 1:3 --weights-in flash');
    expect(out.replace(/\s+/g, ' ')).toContain(
      'its runtime keeps the weights in sram, they cannot be in flash',
    );
  });
});

describe('crossovers in a sample', () => {
  const told = async (line: string) => (await sweep(line)).out.replace(/\s+/g, ' ');

  test('in which the boards have no filters in common', async () => {
    const text = await told('--filters 1:256 --sample random:3 --seed 2');
    expect(text).toContain('no filters here at which both boards run.');
  });

  test('in which they have some', async () => {
    const text = await told('--filters 1:256 --kernel 1,3,5,7 --sample random:500 --seed 2');
    expect(text).toMatch(/faster at the \d+ filters from \d+ to \d+ at which both run here\./);
    expect(text).not.toContain('all along');
  });
});
