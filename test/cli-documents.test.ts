import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { BOARDS } from '../src/boards/index.ts';
import { findBoardProblems } from '../src/boards/json/parse-board.ts';
import { BOARD_SCHEMA } from '../src/boards/json/board-schema.ts';
import { runCommand, runJson } from './support/run-command.ts';

const folder = new URL('../schemas/', import.meta.url);
const readSchema = (name: string) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as object;
const names = readdirSync(folder).filter((name) => name.endsWith('.schema.json'));
const ajv = new Ajv2020({ allErrors: true, discriminator: true, schemas: names.map(readSchema) });
const boards = BOARDS.map((board) => board.id);

const DOCUMENTS: [schema: string, line: string][] = [
  ['predict', 'predict paper:8 --board all'],
  ['predict', 'predict paper:6,k=5,size=28 --board maixduino --reading pulse --clock core=200e6'],
  ['predict-hash', 'predict paper:8 --board maixduino --hash --repeat 3 --shuffle-ties'],
  ['place', 'place paper:8 --board maixduino'],
  ['suggest', 'suggest paper:6 --board maixduino --goal on-kpu'],
  ['place', 'place paper:6 --board maixduino --suggest'],
  ['inspect', 'inspect paper:8'],
  ['inspect-ops', 'inspect paper:8 --ops'],
  ['memory', 'memory paper:8 --board maixduino'],
  ['memory', 'memory test/fixtures/tiny-int8.tflite --board openmv-h7-plus --kernels cmsis-nn'],
  ['run', 'run test/fixtures/tiny-int8.tflite --input test/fixtures/tiny-image.pgm'],
  ['run', 'run test/fixtures/tiny-float.tflite -i test/fixtures/tiny-image.pgm --board openmv-h7-plus'],
  ['explain', 'explain paper:8 --board maixduino'],
  ['explain', 'explain paper:5 paper:6 --board maixduino'],
  ['explain', 'explain paper:5 paper:6 paper:7 --board maixduino,openmv-h7-plus --across boards'],
  ['boards', 'boards'],
  ['cite', 'cite maixduino'],
  ['sweep', 'sweep --filters 1:3 --kernel 1,3 --boards all'],
  ['exec', 'exec test/fixtures/firmware/blink.py --board maixduino --pulses 3'],
  ['exec', 'exec test/fixtures/firmware/blink-openmv.py --board openmv-h7-plus --pulses 2'],
  [
    'exec',
    'exec test/fixtures/firmware/frames-maixpy.py -b maixduino --camera test/fixtures/tiny-image.pgm --fps',
  ],
  ['reproduce', 'reproduce --no-files'],
  ['validate-paper', 'validate paper --loo'],
  ['validate-rows', 'validate k210-layers'],
  ['validate-rows', 'validate m7-counts'],
  ['validate-counts', 'validate counts'],
  ['validate-frames', 'validate frames'],
  ['validate-external', 'validate external'],
  ['check', 'check examples/ci/budgets.json --write-baseline /dev/null'],
  ['diagnose', 'diagnose paper:8 --board openmv-h7-plus --measured 1.95ms'],
  ['grade', 'grade test/fixtures/lesson-answers.json'],
  ['calibrate', 'calibrate --board openmv-h7-plus --measured test/fixtures/own-times.csv'],
];

test.each(DOCUMENTS)('the schema "%s" holds for: inferscope %s --json', async (schema, line) => {
  const document = await runJson(...line.split(' '));
  const validate = ajv.getSchema(`urn:inferscope:${schema}`)!;
  validate(document);
  expect(validate.errors ?? []).toEqual([]);
});

test('schemas/board.schema.json is what scripts/write-board-schema.ts writes', () => {
  expect(readSchema('board.schema.json')).toEqual(BOARD_SCHEMA);
});

describe.each(BOARDS.map((board) => [board.id, board] as const))('board %s', (_, board) => {
  test('is plain data and passes its own schema and lint', () => {
    const copy = structuredClone(board);
    expect(copy).toEqual(board);
    expect(findBoardProblems(JSON.parse(JSON.stringify(board)))).toEqual([]);
  });

  test('predicts the same from a JSON file as from the program', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'inferscope-')), 'board.json');
    writeFileSync(path, JSON.stringify(board));
    const [fromFile, builtIn] = [path, board.id].map((name) =>
      runJson('predict', 'paper:8', '--board', name),
    );
    expect(await fromFile).toEqual(await builtIn);
    expect((await runCommand('board', 'lint', path)).out).toBe(`${path}: fine\n`);
  });
});

test('board lint lists every problem and ends with 1', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'inferscope-')), 'board.json');
  writeFileSync(path, '{"id": "X", "units": []}');
  const { code, out } = await runCommand('board', 'lint', path);
  expect(out.split('\n')).toContain('the board lacks "clocks"');
  expect(out.split('\n').length).toBeGreaterThan(5);
  expect(code).toBe(1);
});

interface Step {
  readonly durationMs: number;
}

interface PredictDocument {
  readonly predictions: { latencyMs: { value: number }; reportedMs: { value: number }; steps: Step[] }[];
}

test.each(boards)('on %s the steps of a call add up to its latency', async (board) => {
  const { predictions } = await runJson<PredictDocument>('predict', 'paper:8', '--board', board);
  const { latencyMs, steps } = predictions[0]!;
  const sum = steps.reduce((total, { durationMs }) => total + durationMs, 0);
  expect(sum).toBeCloseTo(latencyMs.value, 6);
});

interface ExplainDocument {
  readonly models: { latencyMs: { value: number } }[];
  readonly difference: { deltaMs: number; growthMs: number; rules: { costMs: number; toReason: string }[] };
}

test('the jump from 5 to 6 filters is put down to the rule of 1024 inputs, with its cost', async () => {
  const line = ['explain', 'paper:5', 'paper:6', '--board', 'maixduino'];
  const { models, difference } = await runJson<ExplainDocument>(...line);
  const { deltaMs, growthMs, rules } = difference;
  expect(deltaMs).toBeCloseTo(models[1]!.latencyMs.value - models[0]!.latencyMs.value, 9);
  expect(rules).toHaveLength(1);
  expect(rules[0]!.toReason).toContain('1024');
  expect(rules[0]!.costMs + growthMs).toBeCloseTo(deltaMs, 6);
  expect((await runCommand(...line)).out).toContain(`+${rules[0]!.costMs.toFixed(3)} ms`);
});

test.each([
  [1, 'kpu'],
  [3, 'kpu'],
  [5, 'core'],
  [7, 'core'],
])('a kernel of side %i runs on the %s', async (kernel, unit) => {
  interface Placed {
    readonly layers: { unit: string; reason: string }[];
  }
  const { layers } = await runJson<Placed>('place', `paper:4,k=${kernel}`, '--board', 'maixduino');
  expect(layers[0]!.unit).toBe(unit);
  if (unit === 'core') expect(layers[0]!.reason).toContain(`${kernel}x${kernel}`);
});

test('a hundred shuffled runs leave one trace', async () => {
  const document = await runJson(
    'predict',
    'paper:8',
    '-b',
    'maixduino',
    '--hash',
    '--repeat',
    '100',
    '--shuffle-ties',
  );
  expect(document).toMatchObject({ hashes: [expect.any(String)], runs: 100 });
});

test('a model that overflows the memory is predicted all the same, and said not to fit', async () => {
  const { code, out } = await runCommand('predict', 'paper:64,size=256', '--board', 'maixduino');
  expect(code).toBe(0);
  expect(out).toContain('DOES NOT FIT');
});

test('a sweep gives CSV to a pipe: a header and a line a point', async () => {
  const { code, out } = await runCommand('sweep', '--filters', '1:3', '--boards', 'maixduino', '--csv', '-');
  const lines = out.trimEnd().split('\n');
  expect(lines[0]).toMatch(/^filters,kernel,side,board,latencyMs,/);
  expect({ code, lines: lines.length }).toEqual({ code: 0, lines: 4 });
});

test('a report is written where asked, and may be written again', async () => {
  const out = mkdtempSync(join(tmpdir(), 'inferscope-'));
  expect((await runCommand('reproduce', '--out', out)).code).toBe(0);
  expect((await runCommand('reproduce', '--out', out)).code).toBe(0);
  const files = readdirSync(out).sort();
  expect(files).toEqual([
    'beyond.csv',
    'beyond.svg',
    'figure-7.svg',
    'figure-8.svg',
    'lab.html',
    'networks.csv',
    'report.html',
    'tables.csv',
  ]);
  expect(readFileSync(join(out, 'report.html'), 'utf8')).not.toMatch(/(src|href)="http/);
});
