import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readNpy, writeNpy } from '../src/models/formats/npy.ts';
import { describeExtra, extraModel, extraNames } from './support/extra-models.ts';
import { goldenFile, goldenNames } from './support/goldens.ts';
import { runCommand, runJson } from './support/run-command.ts';
import { tempFolder } from './support/temp-folder.ts';

const INT8 = 'test/fixtures/tiny-int8.tflite';
const FLOAT = 'test/fixtures/tiny-float.tflite';
const { path: folder, write: fileWith } = tempFolder();

const isGolden = (file: string) => file !== 'arena.json';
const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

interface RunDocument {
  readonly outputs: { name: string; shape: number[]; dtype: string; values: number[] }[];
  readonly top: { index: number; score: number }[];
  readonly latencyMs?: { value: number };
  readonly steps?: { durationMs: number }[];
  readonly check?: { equal: boolean; maxAbsError: number; tolerance: number; samples: { layers: number }[] };
}

/** `run --check` finds every sample and layer equal, within the tolerance of the file's README. */
async function expectEqual(model: string, golden: string): Promise<void> {
  const { samples } = readJson(golden);
  const { check, top } = await runJson<RunDocument>('run', model, '--check', golden);
  expect(check).toMatchObject({ equal: true });
  expect(check!.samples).toHaveLength(samples.length);
  expect(check!.tolerance).toBe(golden.includes('autoencoder_ad_float') ? 1e-4 : 1e-5);
  const { argmax } = samples[0];
  if (argmax !== undefined) expect(top[0]!.index).toBe(argmax);
}

async function expectArena(model: string, arenaBytes: number): Promise<void> {
  const line = ['memory', model, '--board', 'openmv-h7-plus'];
  const use = await runJson<{ arenaBytes: number; tensors: { offset: number; plannedBytes: number }[] }>(
    ...line,
  );
  expect(use.arenaBytes).toBe(arenaBytes);
  const ends = use.tensors.map(({ offset, plannedBytes }) => offset + plannedBytes);
  expect(Math.max(...ends)).toBe(arenaBytes);
}

/** A golden file of another model, and one with a changed byte, do not pass. */
async function expectUnequal(model: string, golden: string, other: string, message: RegExp): Promise<void> {
  const document = readJson(golden);
  const output = Buffer.from(document.samples[1].output_b64[0], 'base64');
  output[0]! ^= 1;
  document.samples[1].output_b64[0] = output.toString('base64');
  const changed = fileWith('changed.json', JSON.stringify(document));
  const { code, out } = await runCommand('run', model, '--check', changed, '--json');
  expect(code).toBe(1);
  expect(JSON.parse(out).check).toMatchObject({ equal: false, maxAbsError: 1 });
  const wrong = await runCommand('run', model, '--check', other);
  expect(wrong.code).toBe(2);
  expect(wrong.err).toMatch(message);
}

describe('the files of the reference interpreter', () => {
  const paper = (file: string) => fileURLToPath(goldenFile(`paper/${file}`));

  test.each(goldenNames('paper', '.json').filter(isGolden))(
    'run --check %s: every sample and layer',
    (file) => expectEqual(paper(file.replace('.json', '.tflite')), paper(file)),
  );

  const arena = readJson(paper('arena.json')).plannedArenaBytes as Record<string, number>;

  test.each(Object.entries(arena))('memory %s: an arena of %i bytes', (file, arenaBytes) =>
    expectArena(paper(file), arenaBytes),
  );

  test('a golden file of another model, and one with a changed byte, do not pass', () =>
    expectUnequal(
      paper('paper-int8_f4_k3.tflite'),
      paper('paper-int8_f4_k3.json'),
      fileWith('other.json', JSON.stringify({ samples: [{ input_b64: ['AAAA'], output_b64: ['AA=='] }] })),
      /^inferscope: input 0 "conv2d_input[^"]*" got 3 values, needs 196 [^\n]*\n$/,
    ));
});

describeExtra('the files of the reference interpreter', () => {
  const modelOf = (file: string) =>
    fileURLToPath(extraModel(file.startsWith('paper-') ? `paper/${file}` : file));
  const goldenOf = (file: string) => fileURLToPath(extraModel(`golden/${file}`));

  test.each(extraNames('golden/', '.json').filter(isGolden))(
    'run --check %s: every sample and layer',
    (file) => expectEqual(modelOf(readJson(goldenOf(file)).model), goldenOf(file)),
  );

  const arena = readJson(goldenOf('arena.json')).plannedArenaBytes as Record<string, number>;

  test.each(Object.entries(arena))('memory %s: an arena of %i bytes', (file, arenaBytes) =>
    expectArena(modelOf(file), arenaBytes),
  );

  test('a golden file of another model, and one with a changed byte, do not pass', () =>
    expectUnequal(
      modelOf('dscnn_kws_int8.tflite'),
      goldenOf('dscnn_kws_int8.json'),
      goldenOf('resnet8_cifar10_int8.json'),
      /^inferscope: input 0 "input_1" got 3072 values, needs 490 [^\n]*\n$/,
    ));
});

describe('values of every kind give the same outputs', () => {
  const stored = Array.from({ length: 16 }, (_, at) => at * 5 - 40);
  const bytes = Uint8Array.from(stored, (value) => value & 255);
  const rows = [0, 1, 2, 3].map((row) => stored.slice(4 * row, 4 * row + 4).map((value) => [value]));

  test.each([
    ['raw bytes', fileWith('x.bin', bytes)],
    ['a .npy file', fileWith('x.npy', writeNpy({ dtype: 'int8', shape: [4, 4, 1], bytes }))],
    ['a nested list', fileWith('nested.json', JSON.stringify([rows]))],
    ['a list by name', fileWith('named.json', JSON.stringify({ image: stored }))],
  ])('%s', async (_, path) => {
    const flat = fileWith('flat.json', JSON.stringify(stored));
    const expected = await runJson<RunDocument>('run', INT8, '--input', flat);
    expect(await runJson<RunDocument>('run', INT8, '--input', path)).toEqual(expected);
  });

  test('scores are real values, the largest first, as many as asked for', async () => {
    const line = ['run', INT8, '-i', fileWith('x.bin', bytes), '--top', '2'];
    const { outputs, top } = await runJson<RunDocument>(...line);
    const real = outputs[0]!.values.map((value) => value - 4);
    expect(top.map(({ score }) => score)).toEqual([...real].sort((a, b) => b - a).slice(0, 2));
    expect(outputs[0]).toMatchObject({ name: 'scores', shape: [1, 3], dtype: 'int8' });
  });
});

test('with --board, outputs, latency and layers stand in one document and one text', async () => {
  const line = ['run', FLOAT, '--input', 'test/fixtures/tiny-image.pgm', '--board', 'openmv-h7-plus'];
  const { latencyMs, steps, outputs } = await runJson<RunDocument>(...line);
  const sum = steps!.reduce((total, { durationMs }) => total + durationMs, 0);
  expect(sum).toBeCloseTo(latencyMs!.value, 6);
  expect(outputs[0]!.values).toHaveLength(3);
  const { out } = await runCommand(...line);
  expect(out).toMatch(/output "scores" float32 \[1, 3\][^]*latency[^]*FULLY_CONNECTED/);
});

test('--dump-tensors writes what each operator computes', async () => {
  const out = join(folder, 'dump');
  const line = ['run', FLOAT, '--input', 'test/fixtures/tiny-image.pgm', '--dump-tensors', out];
  const { outputs } = await runJson<RunDocument>(...line);
  const files = readdirSync(out).sort();
  expect(files).toEqual([
    '000-CONV_2D-tensor-3.npy',
    '001-RESHAPE-tensor-5.npy',
    '002-FULLY_CONNECTED-tensor-7.npy',
  ]);
  const { dtype, shape, bytes } = readNpy(readFileSync(join(out, files[2]!)), files[2]!);
  expect({ dtype, shape }).toEqual({ dtype: 'float32', shape: [1, 3] });
  expect([...new Float32Array(bytes.buffer)]).toEqual(outputs[0]!.values);
});

test('the firmware that converts a picture is the one of --like, else of the board', async () => {
  const picture = fileWith(
    'large.pgm',
    `P2 8 8 255 ${Array.from({ length: 64 }, (_, at) => at * 4).join(' ')}`,
  );
  // Both boards run it.
  const model = 'examples/models/digits.tflite';
  const values = async (...more: string[]) =>
    (await runJson<RunDocument>('run', model, '--input', picture, ...more)).outputs[0]!.values;
  const [openmv, maixpy] = [await values('--like', 'openmv'), await values('--like', 'maixpy')];
  expect(openmv).not.toEqual(maixpy);
  expect(await values()).toEqual(openmv);
  expect(await values('--board', 'openmv-h7-plus')).toEqual(openmv);
  expect(await values('--board', 'maixduino')).toEqual(maixpy);
});

test('memory --svg writes a picture', async () => {
  const path = join(folder, 'arena.svg');
  const { code } = await runCommand('memory', INT8, '--board', 'openmv-h7-plus', '--svg', path);
  expect(code).toBe(0);
  expect(readFileSync(path, 'utf8')).toMatch(/^<svg /);
});

describe('a mistake is one line that names the file and the tensor, with exit code 2', () => {
  const json = (name: string, value: unknown) => fileWith(name, JSON.stringify(value));
  const image = 'image" is int8 \\[1, 4, 4, 1\\]';
  const cases: [what: string, line: string[], message: RegExp][] = [
    ['nothing to run on', ['run', INT8], /run needs --input FILE or --check GOLDEN/],
    ['no such file', ['run', INT8, '-i', 'none.bin'], /none\.bin: no such file/],
    ['unknown kind', ['run', INT8, '-i', 'x.txt'], /x\.txt: unknown kind of file; choose from \.json \.bin/],
    [
      'too few bytes',
      ['run', INT8, '-i', fileWith('short.bin', 'abc')],
      new RegExp(`short\\.bin: input 0 "${image} and needs 16 bytes, the file has 3`),
    ],
    [
      'too few values',
      ['run', INT8, '-i', json('few.json', [1, 2])],
      /input 0 "image" got 2 values, needs 16/,
    ],
    [
      'wrong shape',
      ['run', INT8, '-i', json('shape.json', [[1, 2]])],
      new RegExp(`shape\\.json: input 0 "${image}, the list is \\[1, 2\\]`),
    ],
    ['ragged', ['run', INT8, '-i', json('ragged.json', [[1, 2], [3]])], /the list is \[2, 2\]/],
    [
      'out of range',
      ['run', INT8, '-i', json('range.json', Array(16).fill(200))],
      /holds 200 at element 0, int8 needs integers/,
    ],
    [
      'text',
      ['run', INT8, '-i', json('text.json', Array(16).fill('1'))],
      /input 0 "image" holds "1" at element 0; write a number/,
    ],
    [
      'NaN',
      ['run', FLOAT, '-i', fileWith('nan.json', `[${'0,'.repeat(15)} NaN]`)],
      /input 0 "image" holds NaN at element 15/,
    ],
    [
      'NaN in .bin',
      [
        'run',
        FLOAT,
        '-i',
        fileWith('nan.bin', new Uint8Array(Float32Array.from({ length: 16 }, () => NaN).buffer)),
      ],
      /holds NaN at element 0/,
    ],
    [
      'wrong type',
      [
        'run',
        FLOAT,
        '-i',
        fileWith('i8.npy', writeNpy({ dtype: 'int8', shape: [1, 4, 4, 1], bytes: new Uint8Array(16) })),
      ],
      /i8\.npy: input 0 "image" is float32 \[1, 4, 4, 1\], the file holds int8/,
    ],
    [
      'other name',
      ['run', INT8, '-i', json('name.json', { imag: [] })],
      /the model has no input "imag"; its inputs are image/,
    ],
    [
      'two files',
      ['run', INT8, '-i', 'a.bin', '-i', 'b.bin'],
      /--input: got 2, the model takes 1 \("image"\)/,
    ],
    ['no JSON', ['run', INT8, '-i', fileWith('broken.json', '[1,')], /broken\.json: is not JSON/],
    ['no weights', ['run', 'paper:11', '-i', 'a.bin'], /paper:11: has no weights; train it first/],
    [
      'unknown firmware',
      ['run', INT8, '-i', 'a.png', '--like', 'x'],
      /--like x: unknown firmware; choose from openmv, maixpy/,
    ],
    ['no picture', ['run', INT8, '-i', fileWith('bad.png', 'hello')], /bad\.png: is no PGM or PPM picture/],
    ['no classes', ['run', INT8, '-i', 'a.bin', '--top', '0'], /--top must be a whole number above 0/],
    ['no tolerance', ['run', INT8, '--check', 'a.json', '--tolerance', 'x'], /--tolerance needs a number/],
    [
      'no golden file',
      ['run', INT8, '--check', json('empty.json', {})],
      /empty\.json: is no golden file; it needs a list "samples"/,
    ],
    [
      'no base64',
      ['run', INT8, '--check', json('b64.json', { samples: [{ input_b64: ['?'], output_b64: ['?'] }] })],
      /b64\.json: sample 0 needs "input_b64" and "output_b64"/,
    ],
    [
      'a null sample',
      ['run', INT8, '--check', json('null.json', { samples: [null] })],
      /null\.json: sample 0 needs/,
    ],
    ['a board without it', ['run', INT8, '-i', 'a.bin', '--board', 'nope'], /unknown board "nope"/],
    [
      'a folder in the way',
      ['run', FLOAT, '-i', 'test/fixtures/tiny-image.pgm', '--dump-tensors', join(folder, 'x.bin')],
      /is a file, not a directory/,
    ],
  ];

  test.each(cases)('%s', async (_, line, message) => {
    const { code, out, err } = await runCommand(...line);
    expect(err).toMatch(message);
    expect(err).toMatch(/^inferscope: [^\n]+\n$/);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });
});
