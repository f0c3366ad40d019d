import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../src/cli/commands/index.ts';
import { VERSION } from '../src/cli/version.ts';
import { runCommand } from './support/run-command.ts';
import { tempFolder } from './support/temp-folder.ts';

const { path: folder, write: fileWith } = tempFolder();

/** A file that begins like a .tflite (identifier TFL3 at byte 4) and then ends. */
const truncated = fileWith('truncated.tflite', Uint8Array.from([28, 0, 0, 0, 0x54, 0x46, 0x4c, 0x33, 0, 0]));
const empty = fileWith('empty.tflite', '');
const noise = fileWith(
  'noise.tflite',
  Uint8Array.from({ length: 999 }, (_, at) => (at * 197 + 31) & 255),
);
const badJson = fileWith('bad.json', '{"id": ');
const badBoard = fileWith('board.json', '{"id": "x"}');
const hostile = fileWith('list.json', '[1, 2, 3]');

describe('a mistake of the user is one line on stderr, nothing on stdout, exit code 2', () => {
  test.each([
    ['predict paper:0 --board maixduino', /paper:0: F must be a whole number above 0/],
    ['compare paper:99999999', /paper:99999999: has \d+ weights, of which up to 67108864 are drawn/],
    ['convert paper:99999999 --to kmodel --out /nowhere/m', /has \d+ weights.*take a smaller network/],
    ['predict paper:8,k=0 --board maixduino', /k must be a whole number above 0/],
    ['predict paper:8,q=1 --board maixduino', /unknown key "q"/],
    ['predict papr:8 --board maixduino', /"papr:8" is no model/],
    ['predict paper:8 --board nope', /unknown board "nope"; choose from .*maixduino/],
    ['predict paper:8 --board maixduino,', /unknown board ""/],
    ['predict paper:8', /Missing required argument: board; see inferscope predict --help/],
    ['predict paper:8 --board maixduino --bord x', /Unknown argument: bord/],
    ['predict paper:8 --board maixduino --kernels nope', /no kernel library "nope"; choose from maixpy-0\.5/],
    ['predict paper:8,size=100000 --board maixduino', /longer than the 2\.5 hours/],
    [
      'predict paper:8 --board maixduino --clock core=400',
      /--clock: "core=400" is no clock; write its id and Hz/,
    ],
    ['predict paper:8 --board maixduino --clock core', /--clock: "core" is no clock; write its id and Hz/],
    ['predict paper:8 --board maixduino --clock core=fast', /--clock: "core=fast" is no clock/],
    ['predict paper:8 --board maixduino --clock bus=1e6', /no clock "bus"; choose from core, kpu/],
    ['predict paper:8 --board maixduino --reading both', /reading/],
    ['predict paper:8 --board maixduino --hash --repeat 0', /--repeat must be a whole number above 0/],
    ['predict missing.tflite --board maixduino', /missing\.tflite: no such file/],
    [`predict ${folder} --board maixduino`, /is a directory, not a file/],
    ['run paper:8 --input random:x', /--input random:x: write a whole number behind random:/],
    [
      'run paper:8 --input zeros --memory 64',
      /running it needs about \d+ MB of memory, more than the limit of 64 MB/,
    ],
    ['run paper:8 --input zeros --max-seconds 0', /--max-seconds must be above 0, got 0/],
    [`predict ${truncated} --board maixduino`, /truncated\.tflite/],
    [`predict ${empty} --board maixduino`, /empty\.tflite/],
    [`predict ${noise} --board maixduino`, /noise\.tflite/],
    [`predict ${hostile} --board maixduino`, /list\.json/],
    [`predict paper:8 --board ${badJson}`, /bad\.json: is not JSON/],
    [`predict paper:8 --board ${badBoard}`, /board\.json: the board lacks "name"/],
    ['predict paper:8 --board missing.json', /missing\.json: no such file/],
    ['place paper:8 --board all,maixduino', /unknown board "all"/],
    ['sweep --filters 4:1', /--filters: the range 4:1 is empty/],
    ['sweep --filters 0:3', /--filters: "0" is no whole number above 0/],
    ['sweep --filters 1:9999999', /--filters: the range 1:9999999 has more than 1000000 values/],
    ['validate nothing', /what/],
    ['validate paper --measured x.csv', /--measured goes with validate m7-counts/],
    [`validate m7-counts --measured ${badJson}`, /bad\.json: instruction counts: no column kernel_library/],
    ['inspect', /inspect needs <file>; see inferscope inspect --help/],
    ['query results', /query needs <folder> and <sql>; see inferscope query --help/],
    ['nope', /nope.*see inferscope --help/],
    ['', /name a command; see inferscope --help/],
  ])('inferscope %s', async (line, message) => {
    const { code, out, err } = await runCommand(...line.split(' ').filter((word) => word !== ''));
    expect(err).toMatch(message);
    expect(err).toMatch(/^inferscope: [^\n]+\n$/);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });
});

test('a report never overwrites a file that is not its own', async () => {
  const own = mkdtempSync(join(tmpdir(), 'inferscope-'));
  writeFileSync(join(own, 'report.html'), 'mine');
  const { code, err } = await runCommand('reproduce', '--json', '--out', own);
  expect(err).toContain('report.html exists and is no file of a report');
  expect(code).toBe(2);
  expect(readFileSync(join(own, 'report.html'), 'utf8')).toBe('mine');
});

test('an error that is ours says so, with exit code 70', async () => {
  const broken = { out: () => undefined, columns: 100, seconds: () => 0 };
  let err = '';
  const { runCli } = await import('../src/cli/run-cli.ts');
  const failing = {
    ...broken,
    out: () => {
      throw new TypeError('x is not a function');
    },
    err: (text: string) => void (err += text),
  };
  expect(await runCli(['boards', '--json'], failing)).toBe(70);
  expect(err).toBe(
    'inferscope: this is a bug in inferscope: x is not a function (INFERSCOPE_DEBUG=1 shows where)\n',
  );
});

test('the version is that of the package', () => {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  expect(VERSION).toBe(JSON.parse(text).version);
});

test.each(COMMANDS.map(({ command }) => command.split(' ')[0]!))(
  '%s --help shows an example',
  async (name) => {
    const { code, out } = await runCommand(name, '--help');
    expect(out).toContain('Examples:');
    expect(code).toBe(0);
  },
);

test('the program itself runs, and a reader that goes away ends it quietly', () => {
  const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
  const command = `"${process.execPath}" --import tsx "${main}" cite maixduino --json | head -c 1`;
  const { stdout, stderr, status } = spawnSync('bash', ['-o', 'pipefail', '-c', command], {
    encoding: 'utf8',
  });
  expect({ stdout, stderr, status }).toEqual({ stdout: '{', stderr: '', status: 0 });
});
