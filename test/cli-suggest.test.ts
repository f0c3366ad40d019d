import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { runCommand, runJson } from './support/run-command.ts';
import { tempFolder } from './support/temp-folder.ts';

interface Suggestion {
  readonly rank: number;
  readonly kind: string;
  readonly edit: string;
  readonly latencyMs: { value: number };
  readonly gainMs: number;
  readonly macsPercent: number;
  readonly meetsGoal: boolean;
  readonly warning?: string;
  readonly why?: string;
}

interface Document {
  readonly latencyMs: { value: number };
  readonly meetsGoal: boolean;
  readonly suggestions: Suggestion[];
}

const suggest = (...line: string[]) => runJson<Document>('suggest', ...line);

const specs = tempFolder();
const spec = (name: string, input: number[], layers: string, dtype = 'float32') =>
  specs.write(`${name}.json`, JSON.stringify({ name, input, layers, dtype }));

const KPU = ['-b', 'maixduino'];
const CMSIS = ['-b', 'nucleo-l4r5zi'];

// Networks of which it is known what is wrong with them (docs/hardware/k210.md, the kernels' own sources).
const CURES: readonly [what: string, line: string[], cure: RegExp][] = [
  ['a Dense of 1176 inputs, where the KPU takes 1024', ['paper:6', ...KPU], /5 filters instead of 6/],
  ['a 5x5 kernel, where the KPU has 1x1 and 3x3', ['paper:8,k=5', ...KPU], /3x3 kernel instead of 5x5/],
  [
    'VALID padding, where the KPU has SAME',
    ['paper:4,padding=valid', ...KPU],
    /SAME padding instead of VALID/,
  ],
  [
    'maps of more than 2 MiB',
    [spec('maps', [128, 128, 3], 'conv 120 3x3 same relu | maxpool 2x2'), ...KPU],
    /CONV_2D \(op 0\): \d+ filters instead of 120/,
  ],
  [
    'an activation that stands alone, where kernels clamp as they write',
    [
      spec('alone', [32, 32, 3], 'conv 8 3x3 same | relu fuse=false | depthwise 3x3 same relu', 'int8'),
      ...CMSIS,
    ],
    /RELU fused into CONV_2D \(op 0\)/,
  ],
  [
    'more than 1024 channels, where a KPU layer has no more',
    [spec('wide', [8, 8, 16], 'conv 1032 1x1 same relu | conv 8 1x1 same relu'), ...KPU],
    /1024 filters instead of 1032/,
  ],
  [
    'a dilated kernel, which the KPU does not have',
    [spec('dilated', [32, 32, 4], 'conv 8 3x3 same dilation=2 relu'), ...KPU],
    /no dilation/,
  ],
  ['float32 where integer kernels are faster', ['paper:8', ...CMSIS], /int8 instead of float32/],
  [
    'weights that outgrow the fast memory',
    ['paper:32', '-b', 'openmv-h7-plus'],
    /31 filters instead of 32|int8/,
  ],
  [
    'reference kernels where better ones are there',
    ['paper:8,dtype=int8', ...CMSIS, '--kernels', 'tflm-reference'],
    /kernels of cmsis-nn/,
  ],
  [
    '17 channels, where kernels are unrolled by 4',
    [
      spec('odd', [24, 24, 3], 'conv 17 3x3 same relu | conv 16 1x1 same relu', 'int8'),
      '-b',
      'openmv-h7-plus',
    ],
    /16 filters instead of 17/,
  ],
];

describe('of a network whose trouble is known the cure is among the first three', () => {
  test.each(CURES)('%s', async (_, line, cure) => {
    const { suggestions } = await suggest(...line);
    const first = suggestions.slice(0, 3).map(({ edit }) => edit);
    expect(first).toEqual(expect.arrayContaining([expect.stringMatching(cure)]));
  });
});

// The options and specs below say by hand what the edits say.
test.each([
  ['paper:6', ['-b', 'maixduino'], 'channels', 'paper:5', []],
  ['paper:8,k=5', ['-b', 'maixduino'], 'kernel', 'paper:8', []],
  ['paper:4,padding=valid', ['-b', 'maixduino'], 'padding', 'paper:4', []],
  ['paper:8', ['-b', 'maixduino'], 'copy-out', 'paper:8', ['--copy-out', 'dma']],
])('what is suggested for %s is what predict says of it', async (model, board, kind, other, options) => {
  interface Predictions {
    readonly predictions: { readonly latencyMs: { value: number } }[];
  }
  const { suggestions, latencyMs } = await suggest(model, ...board);
  const found = suggestions.find((one) => one.kind === kind)!;
  const { predictions } = await runJson<Predictions>('predict', other, ...board, ...options);
  expect(found.latencyMs.value).toBeCloseTo(predictions[0]!.latencyMs.value, 9);
  expect(found.gainMs).toBeCloseTo(latencyMs.value - found.latencyMs.value, 9);
});

test('MACs are those of the network, whatever the board makes of it; what changes answers warns', async () => {
  const { suggestions } = await suggest('paper:6', ...KPU);
  // Both layers of the network are in proportion to the filters.
  expect(suggestions[0]).toMatchObject({ kind: 'channels', warning: expect.stringContaining('accuracy') });
  expect(suggestions[0]!.macsPercent).toBeCloseTo(100 * (5 / 6 - 1), 9);
  expect(suggestions[0]!.why).toContain('ncc/dense-on-kpu');
  expect(suggestions.find(({ kind }) => kind === 'copy-out')!.warning).toBeUndefined();
});

test('with a goal those that reach it come first', async () => {
  const line = ['paper:8,k=5', ...KPU];
  const fast = await suggest(...line, '--goal', 'latency<1.5ms');
  expect([fast.meetsGoal, fast.suggestions[0]!.edit]).toEqual([false, expect.stringContaining('3x3 kernel')]);
  const placed = await suggest('paper:6', ...KPU, '--goal', 'on-kpu');
  expect(placed.suggestions.map(({ meetsGoal }) => meetsGoal)).toEqual(
    placed.suggestions.map(({ meetsGoal }) => meetsGoal).sort((a, b) => Number(b) - Number(a)),
  );
  expect(placed.suggestions[0]).toMatchObject({ kind: 'channels', meetsGoal: true });
});

test('--apply writes the changed network, which is then predicted as was said', async () => {
  const out = `${specs.path}/applied.tflite`;
  const model = new URL('../examples/models/digits.tflite', import.meta.url).pathname;
  const { suggestions } = await suggest(model, ...KPU);
  const { rank, latencyMs } = suggestions.find(({ kind }) => kind === 'channels')!;
  const { code } = await runCommand('suggest', model, ...KPU, '--apply', `${rank}`, '--out', out);
  const { predictions } = await runJson<{ predictions: { latencyMs: { value: number } }[] }>(
    'predict',
    out,
    ...KPU,
  );
  expect(code).toBe(0);
  expect(predictions[0]!.latencyMs.value).toBeCloseTo(latencyMs.value, 6);
  expect(readFileSync(out).length).toBeLessThan(readFileSync(model).length);
});

test.each([
  [['paper:6', ...KPU, '--goal', 'fast'], 'write latency<5ms'],
  [['paper:6', ...KPU, '--apply', '1'], '--apply does nothing without --out'],
  [['paper:6', ...KPU, '--apply', '99', '--out', '/dev/null'], '--apply 99: there are '],
  [['paper:6', '-b', 'all'], 'this command takes one board'],
  [['examples/models/digits.kmodel', ...KPU], 'is a kmodel'],
])('suggest %j is refused', async (line, said) => {
  const { code, out, err } = await runCommand('suggest', ...line);
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(said);
});

test('place --suggest lists the layers and then what would help', async () => {
  const { code, out } = await runCommand('place', 'paper:6', ...KPU, '--suggest');
  expect(code).toBe(0);
  expect(out).toMatch(/ncc\/dense-over-1024[\s\S]*5 filters instead of 6/);
  const { suggestions } = await runJson<{ suggestions: { edit: string }[] }>(
    'place',
    'paper:6',
    ...KPU,
    '--suggest',
  );
  expect(JSON.stringify(suggestions)).toContain('5 filters instead of 6');
});
