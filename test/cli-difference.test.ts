import { readFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { psFromMs } from '../src/units.ts';
import { runCommand, runJson } from './support/run-command.ts';
import { tempFolder } from './support/temp-folder.ts';

interface Move {
  readonly what: string;
  readonly deltaPs: number;
  readonly causes: { rule: string; text: string }[];
}

interface Difference {
  readonly from: string;
  readonly to: string;
  readonly board: string;
  readonly fromBoard?: string;
  readonly totalMs: number;
  readonly parts: { op: string; ms: number; rule: string | null }[];
  readonly deltaMs: number;
  readonly growthMs: number;
  readonly moves: Move[];
  readonly rules: { node: number; toRule: string; costMs: number; sentence: string }[];
}

interface Document {
  readonly models: { model: string; board: string; latencyMs: { value: number } }[];
  readonly difference?: Difference;
  readonly differences?: Difference[];
}

const MODELS = ['digits.tflite', 'digits-int8.tflite'].map(
  (name) => new URL(`../examples/models/${name}`, import.meta.url).pathname,
);
const BOARDS = 'openmv-h7-plus,maixduino,nucleo-l4r5zi';

test('of three models on three boards each difference is the sum of its moves, to the picosecond', async () => {
  const { models, differences } = await runJson<Document>(
    ...['explain', 'paper:5', 'paper:6', 'paper:32,k=5', '-b', BOARDS, '--across', 'boards'],
  );
  const latencyPs = (model: string, board: string) =>
    psFromMs(models.find((one) => one.model === model && one.board === board)!.latencyMs.value);
  // On each of three boards from model to model, and for each of three models from board to board.
  expect(differences).toHaveLength(3 * 2 + 3 * 2);
  for (const { from, to, board, fromBoard = board, moves } of differences!) {
    const sumPs = moves.reduce((sum, { deltaPs }) => sum + deltaPs, 0);
    expect(sumPs).toBe(latencyPs(to, board) - latencyPs(from, fromBoard));
  }
});

test('every move names a rule, and those between boards name the board', async () => {
  const { differences } = await runJson<Document>(
    ...['explain', ...MODELS, '-b', 'openmv-h7-plus,nucleo-l4r5zi', '--across', 'boards'],
  );
  const [onFirst] = differences!;
  const multiplying = onFirst!.moves.filter(({ what }) => /^(CONV_2D|FULLY_CONNECTED) /.test(what));
  expect(multiplying.map(({ causes }) => causes[0]!.rule)).toEqual(['dtype', 'dtype']);
  const across = differences!.filter(({ fromBoard }) => fromBoard !== undefined);
  const moved = across.flatMap(({ moves }) => moves.filter(({ deltaPs }) => deltaPs !== 0));
  expect(moved.length).toBeGreaterThan(0);
  expect(moved.every(({ causes }) => causes.length > 0)).toBe(true);
});

// 32 filters: 32 x 196 x 10 weights of 4 bytes are 250,880, more than the 244 KiB (249,856 bytes) of sram1.
test('a model that outgrows a memory is told so, and not as growth', async () => {
  const { difference } = await runJson<Document>('explain', 'paper:31', 'paper:32', '-b', 'openmv-h7-plus');
  const { rules, growthMs, deltaMs } = difference!;
  expect(rules.map(({ node, toRule }) => [node, toRule])).toEqual([
    [0, 'memory/weights'],
    [2, 'memory/weights'],
  ]);
  expect(rules[1]!.sentence).toContain('its weights lie in sdram instead of sram1');
  expect(rules[1]!.sentence).toContain('does not fit the 249856 bytes of sram1');
  expect(rules[0]!.costMs + rules[1]!.costMs + growthMs).toBeCloseTo(deltaMs, 9);
});

test('a kernel that takes another path says which geometry it is for', async () => {
  const { difference } = await runJson<Document>('explain', 'paper:8', 'paper:9', '-b', 'maixduino');
  const dense = difference!.moves.find(({ what }) => what === 'FULLY_CONNECTED (op 2)')!;
  expect(dense.causes).toEqual([
    expect.objectContaining({
      rule: 'kernel-path',
      text: expect.stringContaining('the general path instead of the path for inChannels a multiple of 8'),
    }),
  ]);
});

test('two kmodels are matched layer by layer, across the names that the converter gives', async () => {
  const folder = tempFolder();
  const [five, six] = await Promise.all(
    [5, 6].map(async (filters) => {
      const path = `${folder.path}/paper-${filters}.kmodel`;
      await runCommand('convert', `paper:${filters}`, '--to', 'kmodel', '--out', path);
      return path;
    }),
  );
  const { difference } = await runJson<Document>('explain', five!, six!, '-b', 'maixduino');
  const dense = difference!.moves.find(({ what }) => what.startsWith('FullyConnected'))!;
  expect(dense.causes[0]).toMatchObject({ rule: 'ncc/dense-over-1024' });
  expect(dense.causes[0]!.text).toContain('moves from kpu to core');
});

test('a kmodel and the .tflite that it was made of are placed alike: no rule stands between them', async () => {
  const kmodel = MODELS[0]!.replace('.tflite', '.kmodel');
  const { difference } = await runJson<Document>('explain', kmodel, MODELS[0]!, '-b', 'maixduino');
  const conv = difference!.moves.find(({ what }) => what === 'CONV_2D (op 0)')!;
  expect(conv.causes.filter(({ rule }) => /^(ncc|kmodel)\//.test(rule))).toEqual([]);
  expect(difference!.deltaMs).toBeCloseTo(0, 9);
});

describe('as a file', () => {
  test('the waterfall has a bar a model and the rules among its labels; the Markdown has them too', async () => {
    const folder = tempFolder();
    const [svg, markdown] = ['w.svg', 'w.md'].map((name) => `${folder.path}/${name}`);
    const { code } = await runCommand(
      ...['explain', 'paper:5', 'paper:6', '-b', 'maixduino', '--svg', svg!, '--markdown', markdown!],
    );
    const { document } = parseHTML(readFileSync(svg!, 'utf8'));
    const labels = [...document.querySelectorAll('text')].map((one) => one.textContent);
    expect(code).toBe(0);
    expect(labels).toEqual(expect.arrayContaining(['paper:5 on maixduino', 'paper:6 on maixduino']));
    expect(labels.some((label) => label.includes('ncc/dense-over-1024'))).toBe(true);
    expect(readFileSync(markdown!, 'utf8')).toMatch(/\| FULLY_CONNECTED \(op 2\) \|.*`ncc\/dense-over-1024`/);
  });

  test.each([
    [['explain', 'paper:5', '-b', 'maixduino', '--svg', 'w.svg'], '--svg is of a difference'],
    [['explain', 'paper:5', '-b', 'maixduino', '--across', 'boards'], '--across boards needs two boards'],
  ])('%j is refused', async (line, said) => {
    const { code, err } = await runCommand(...line);
    expect([code, err]).toEqual([2, expect.stringContaining(said)]);
  });
});

test('parts of a difference name their rule and add up to its total', async () => {
  const { difference } = await runJson<Document>('explain', 'paper:5', 'paper:6', '-b', 'maixduino');
  const { totalMs, parts, deltaMs } = difference!;
  expect(totalMs).toBe(deltaMs);
  expect(parts.reduce((sum, { ms }) => sum + ms, 0)).toBeCloseTo(totalMs, 9);
  expect(parts.map(({ rule }) => rule)).toContain('ncc/dense-over-1024');
});
