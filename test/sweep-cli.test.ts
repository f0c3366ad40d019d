import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { boardById } from '../src/boards/index.ts';
import { paperCnn } from '../src/models/specs/paper-cnn.ts';
import { predict } from '../src/simulate/predict.ts';
import { runCommand, runJson } from './support/run-command.ts';

const schema = JSON.parse(
  readFileSync(new URL('../schemas/sweep.schema.json', import.meta.url), 'utf8'),
) as object;
const validate = new Ajv2020({ allErrors: true }).compile(schema);
const folder = () => mkdtempSync(join(tmpdir(), 'inferscope-sweep-'));
const split = (line: string) => (line.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ''));
const PAIR = ['maixduino', 'openmv-h7-plus'] as const;

interface CrossoverRow {
  readonly fixed: Readonly<Record<string, number | string>>;
  readonly before: number;
  readonly after: number;
  readonly to: string;
  readonly reason: string;
}

interface Row {
  readonly board: string;
  readonly filters: number;
  readonly latencyMs: number;
  readonly flashBytes: number;
}

interface SweepDocument {
  readonly points: number;
  readonly failed: number;
  readonly stored: number;
  readonly resumed: number;
  readonly rows: readonly Row[];
  readonly pareto: readonly Row[];
  readonly crossover: readonly CrossoverRow[];
}

const sweepJson = (line: string) => runJson<SweepDocument>('sweep', ...split(line));

test('the fastest design of each board stands in the order in which the boards were met', async () => {
  const { out } = await runCommand('sweep', '--filters', '1:3', '--boards', 'openmv-h7-plus,maixduino');
  const fastest = out.slice(out.indexOf('The fastest design'));
  expect(fastest.match(/maixduino|openmv-h7-plus/g)?.slice(0, 2)).toEqual(['openmv-h7-plus', 'maixduino']);
});

test.each([
  '',
  '--filters 1:3 --kernel 1,3 --boards all',
  '--model paper:{f},k={k},size={size} --f 1:4 --k 1,3 --size 14 --dtype float32,int8 --clock 0.5x,1x --pareto',
  '--filters 1:200 --sample random:30 --seed 5 --where "memory fits" --where "latencyMs < 2"',
  '--filters 1:200 --size 14:40 --sample lhs:30 --objectives latency,ram --pareto',
  '--filters 1:64 --kernel 1,3,5 --sample search:60 --pareto',
  '--filters 1:8 --crossover maixduino,openmv-h7-plus --along filters',
  '--filters 1:8 --weights-in sram',
  '--space examples/sweeps/clocks.json --pareto',
])('the schema holds for: inferscope sweep %s --json', async (line) => {
  validate(await sweepJson(line));
  expect(validate.errors ?? []).toEqual([]);
});

/** The faster board at each filter count, by `predict` alone. */
function fasterByHand(filters: number, kernel: number, side: number): string {
  const [first, second] = PAIR.map(
    (id) => predict(paperCnn({ filters, kernel, side }), boardById(id)).latencyMs.value,
  );
  return first! < second! ? PAIR[0] : PAIR[1];
}

function crossoversByHand(kernel: number, side: number, most: number): object[] {
  const faster = Array.from({ length: most }, (_, index) => fasterByHand(index + 1, kernel, side));
  return faster.flatMap((to, index) =>
    index > 0 && to !== faster[index - 1] ? [{ kernel, side, before: index, after: index + 1, to }] : [],
  );
}

test('crossovers are those that a search by hand finds, for each kernel and side', async () => {
  const { crossover } = await sweepJson(
    `--filters 1:24 --kernel 1,3,5 --side 10,14,28 --crossover ${PAIR.join(',')}`,
  );
  const byHand = [1, 3, 5].flatMap((kernel) =>
    [10, 14, 28].flatMap((side) => crossoversByHand(kernel, side, 24)),
  );
  const found = crossover.map(({ fixed, before, after, to }) => ({ ...fixed, before, after, to }));
  expect(byHand.length).toBeGreaterThan(2);
  expect(found).toEqual(byHand);
});

test('the front is what comparing every pair leaves', async () => {
  const { rows, pareto } = await sweepJson('--filters 1:20 --kernel 1,3,5 --pareto');
  const isBeaten = (a: Row) =>
    rows.some(
      (b) =>
        b.latencyMs <= a.latencyMs &&
        b.flashBytes <= a.flashBytes &&
        (b.latencyMs < a.latencyMs || b.flashBytes < a.flashBytes),
    );
  const name = (row: Row) => `${row.board} ${row.latencyMs} ${row.flashBytes}`;
  expect(pareto.map(name).sort()).toEqual(
    rows
      .filter((row) => !isBeaten(row))
      .map(name)
      .sort(),
  );
});

test('a row of a sweep is the prediction of its network', async () => {
  const { rows } = await sweepJson('--filters 7 --kernel 5 --size 28 --board maixduino');
  const { latencyMs, memory } = predict(
    paperCnn({ filters: 7, kernel: 5, side: 28 }),
    boardById('maixduino'),
  );
  expect(rows).toMatchObject([
    { latencyMs: latencyMs.value, lowMs: latencyMs.low, highMs: latencyMs.high, ramBytes: memory.ramBytes },
  ]);
});

describe('a folder of --out', () => {
  test('keeps the rows, is refused a second time, and has nothing left to do with --resume', async () => {
    const line = `--filters 1:5 --out ${join(folder(), 'study')}`;
    expect(await sweepJson(line)).toMatchObject({ points: 10, stored: 10, resumed: 0 });
    const { code, err } = await runCommand('sweep', ...split(line));
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringMatching(/add --resume/) as string });
    expect(await sweepJson(`${line} --resume`)).toMatchObject({ points: 10, resumed: 10 });
  });

  test('of another sweep is refused and left alone', async () => {
    const out = join(folder(), 'study');
    await sweepJson(`--filters 1:5 --out ${out}`);
    const before = readFileSync(join(out, 'results.parquet'));
    expect((await runCommand('sweep', '--filters', '1:6', '--out', out, '--resume')).code).toBe(2);
    expect(readFileSync(join(out, 'results.parquet'))).toEqual(before);
  });
});

test('Ctrl-C says how to go on, and going on gives what a sweep in one go gives', async () => {
  const out = folder();
  const line = '--filters 1:256 --kernel 1,3,5,7 --size 8:55';
  const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
  const stopped = join(out, 'stopped');
  const command = ['--import', 'tsx', main, 'sweep', ...split(line), '--out', stopped];
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'ignore', 'pipe'] });
  let err = '';
  child.stderr.on('data', (text: Buffer) => void (err += text.toString()));
  const ended = once(child, 'exit');
  await expect.poll(() => partsIn(stopped)).toBeGreaterThan(0);
  child.kill('SIGINT');
  expect(await ended).toEqual([130, null]);
  expect(err).toMatch(
    /stopped after [\d,]+ of 98,304 points; .* run the same command with --resume to go on\n$/,
  );
  const { resumed } = await sweepJson(`${line} --out ${stopped} --resume`);
  await sweepJson(`${line} --out ${join(out, 'whole')}`);
  const [first, second] = [stopped, join(out, 'whole')].map((path) =>
    readFileSync(join(path, 'results.parquet')),
  );
  expect({ isKept: resumed > 0, isSame: first!.equals(second!) }).toEqual({ isKept: true, isSame: true });
});

const partsIn = (store: string): number => {
  const parts = join(store, 'parts');
  return existsSync(parts) ? readdirSync(parts).filter((name) => name.endsWith('.parquet')).length : 0;
};

test('a finished folder answers other questions without running again', async () => {
  const line = `--filters 1:5 --out ${join(folder(), 'study')}`;
  await sweepJson(line);
  const { resumed, pareto } = await sweepJson(`${line} --resume --pareto --objectives latency,ram`);
  expect({ resumed, isFound: pareto.length > 0 }).toEqual({ resumed: 10, isFound: true });
});

test('CSV, JSON lines and Parquet hold every point, those that are refused too', async () => {
  const out = folder();
  const [csv, lines, parquet] = ['rows.csv', 'rows.jsonl', 'rows.parquet'].map((name) => join(out, name));
  const line = `--filters 1:4 --weights-in sram --csv ${csv} --json-rows ${lines} --parquet ${parquet}`;
  const { points } = await sweepJson(line);
  const rows = (path: string) => readFileSync(path, 'utf8').trimEnd().split('\n');
  expect(rows(csv!)[0]).toMatch(/^filters,kernel,side,weightsIn,board,latencyMs,.*,ok,reason$/);
  expect([rows(csv!).length - 1, rows(lines!).length]).toEqual([points, points]);
  expect(JSON.parse(rows(lines!)[0]!)).toMatchObject({ filters: 1, weightsIn: 'sram', board: 'maixduino' });
  expect(readFileSync(parquet!).subarray(0, 4).toString()).toBe('PAR1');
});

test('a Parquet file is the same with and without a folder', async () => {
  const out = folder();
  await sweepJson(`--filters 1:4 --parquet ${join(out, 'a.parquet')}`);
  await sweepJson(`--filters 1:4 --out ${join(out, 'b')}`);
  expect(readFileSync(join(out, 'a.parquet'))).toEqual(readFileSync(join(out, 'b', 'results.parquet')));
});

test.each([
  ['--filters 1:8', 'lines'],
  ['--filters 1:8 --kernel 1,3', 'heatmap'],
  ['--filters 1:8 --kernel 1,3 --size 14,28', 'small-multiples'],
  ['--filters 1:8 --kernel 1,3 --pareto', 'pareto'],
  ['--filters 1:8 --kernel 1,3 --crossover maixduino,openmv-h7-plus', 'lines'],
])('sweep %s --svg draws %s by itself', async (line, kind) => {
  const path = join(folder(), 'figure.svg');
  const { err } = await runCommand('sweep', ...split(line), '--svg', path);
  expect(err).toContain(`wrote ${path}, ${kind}`);
  expect(readFileSync(path, 'utf8')).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
});

test('the text says who overtakes whom, where and why', async () => {
  const { out } = await runCommand('sweep');
  expect(out.replace(/\s+/g, ' ')).toMatch(
    /openmv-h7-plus overtakes maixduino between filters 5 and 6: [\d.]+ ms against [\d.]+ ms at 6 \(90 %: .* takes [\d.]+ ms more/,
  );
});

test('a long front is cut in the text, and the rest is counted', async () => {
  const line = '--space examples/sweeps/search.yaml --pareto';
  const { out } = await runCommand('sweep', ...split(line));
  const { pareto } = await sweepJson(line);
  expect(pareto.length).toBeGreaterThan(20);
  expect(out).toContain(`and ${pareto.length - 20} more (--json has them all)`);
});

test.each([
  ['--bogus 3', /--bogus: no such option.*its axes are --filters, --kernel, --side, .*--board/],
  ['--filters 4:1', /--filters: the range 4:1 is empty/],
  ['--filters 0:3', /--filters: "0" is no whole number above 0/],
  ['--filters 3 --filters 4', /--filters is given twice/],
  ['--filters 1 2', /"2" stands alone/],
  ['--size', /--size needs values/],
  ['--model paper:{f},k={k} --f 1:3', /\{k\} has no axis/],
  ['--model net{f} --f 1', /is no template/],
  ['--where "speed < 4"', /unexpected "speed".*metrics are latencyMs/],
  ['--objectives latency,foo', /"foo" is not known; choose from latencyMs/],
  ['--crossover maixduino,nope', /"nope" is not in this sweep; its boards are maixduino/],
  ['--board maixduino --crossover maixduino,openmv-h7-plus', /"openmv-h7-plus" is not in this sweep/],
  ['--crossover maixduino', /name two boards/],
  ['--crossover maixduino,openmv-h7-plus --along board', /--along board: is no axis of numbers.*filters/],
  ['--along filters --board maixduino', /--along belongs to --crossover/],
  ['--filters 3 --crossover maixduino,openmv-h7-plus', /needs an axis of numbers/],
  ['--out src', /src: holds other files and no sweep/],
  ['--out package.json', /package.json: is a file/],
  ['--resume', /--resume needs --out/],
  ['--plot heatmap', /name a file with --svg/],
  ['--filters 3 --plot heatmap --svg x.svg', /needs 2 axes with more than one value/],
  ['--svg nowhere/x.svg', /nowhere\/x.svg: cannot be written/],
  ['--sample some:3', /write random:1000, lhs:1000 or search:5000/],
  ['--sample random:1000', /the grid has only 20/],
  ['--seed 3', /--seed belongs to --sample/],
  ['--workers 0', /--workers must be a whole number from 1/],
  ['--workers abc', /--workers needs a number/],
  ['--where ' + '('.repeat(20_000), /more than 100 parentheses/],
  ['--out package.json/x', /package.json\/x: cannot be written: a part of the path is a file/],
  ['--workers 2 --queue redis://localhost:1', /--workers counts threads/],
  ['--json-rows - --json', /cannot share the standard output/],
  ['--dtype float16', /"float16" is not known; choose from float32, int8/],
  ['--clock fast', /clock: "fast" is not understood/],
  ['--board nope', /unknown board "nope"/],
  ['--space nope.yaml', /nope.yaml: no such file/],
  ['--space package.json', /package.json: unknown key "name"/],
  ['--space examples/sweeps/clocks.json --filters 1:3', /leave out --filters/],
])('inferscope sweep %s: one line, exit code 2, nothing on stdout', async (line, message) => {
  const { code, out, err } = await runCommand('sweep', ...split(line));
  expect(err).toMatch(message);
  expect(err).toMatch(/^inferscope: [^\n]+\n$/);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(existsSync('x.svg')).toBe(false);
});

test.each(readdirSync(new URL('../examples/sweeps/', import.meta.url)))(
  'the example %s runs',
  async (name) => {
    const { code, out } = await runCommand('sweep', '--space', `examples/sweeps/${name}`, '--pareto');
    expect(code).toBe(0);
    expect(out).toMatch(/Pareto front in latency/);
  },
);
