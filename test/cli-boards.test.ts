import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openmvH7Plus } from '../src/boards/openmv-h7-plus.ts';
import { runCommand, runJson } from './support/run-command.ts';
import { schemaErrors } from './support/schemas.ts';
import { tempFolder } from './support/temp-folder.ts';

/** A network that TensorFlow Lite Micro runs and the K210's converter has no layer for. */
const NO_KMODEL = 'test/golden/ops/net-argmax_seg.float.tflite';
/** The boards that are fitted to their own measurements. */
const TWO = 'maixduino,openmv-h7-plus';
const COMMANDS = ['predict', 'explain', 'place', 'memory'] as const;

interface Refused {
  readonly refused: readonly { readonly board: string; readonly reason: string }[];
}

describe.each(COMMANDS)('%s on boards of which one refuses', (command) => {
  test('lists what the others say and why that one does not', async () => {
    const document = await runJson<Refused>(command, NO_KMODEL, '-b', TWO);
    expect(schemaErrors(command, document)).toEqual([]);
    expect(document.refused).toEqual([
      { board: 'maixduino', reason: expect.stringMatching(/^op 1 \(ARG_MAX\) .*no layer for it/) as string },
    ]);
    expect(JSON.stringify(document)).toContain('"board":"openmv-h7-plus"');
  });

  test('prints both, the refusal as a row', async () => {
    const { code, out } = await runCommand(command, NO_KMODEL, '-b', TWO);
    expect(code).toBe(0);
    expect(out).toContain('openmv-h7-plus');
    expect(out).toMatch(/^ {2}maixduino +op 1 \(ARG_MAX\) on unit/m);
  });

  test('ends with 2 where --strict asks for every board', async () => {
    const { code, out } = await runCommand(command, NO_KMODEL, '-b', TWO, '--strict');
    expect(code).toBe(2);
    expect(out).toContain('openmv-h7-plus');
  });

  test('with one board, or where none answers, it is a mistake in one line', async () => {
    const { code, out, err } = await runCommand(command, NO_KMODEL, '-b', 'maixduino');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^inferscope: op 1 \(ARG_MAX\) [^\n]+\n$/);
    const none = await runCommand(command, NO_KMODEL, '-b', TWO, '--weights-in', 'attic');
    expect({ code: none.code, out: none.out }).toEqual({ code: 2, out: '' });
    expect(none.err).toMatch(/none of the 2 boards answers; maixduino: .*; openmv-h7-plus: .*"attic"/);
  });
});

test('hashes of the boards that answer are printed, and who refuses is said', async () => {
  const { code, out, err } = await runCommand('predict', NO_KMODEL, '-b', TWO, '--hash');
  expect(out).toMatch(/^[0-9a-f]{64}\n$/);
  expect(err).toMatch(/maixduino refuses: op 1/);
  expect(code).toBe(0);
});

test('two models are compared on each board', async () => {
  const { models, differences } = await runJson<{ models: object[]; differences: { board: string }[] }>(
    ...['explain', 'paper:4', 'paper:5', '-b', TWO],
  );
  expect(models).toHaveLength(4);
  expect(differences.map(({ board }) => board)).toEqual(['maixduino', 'openmv-h7-plus']);
});

test('a picture of the memory is of one board', async () => {
  const { code, err } = await runCommand('memory', 'paper:4', '-b', TWO, '--svg', 'arena.svg');
  expect(err).toMatch(/--svg draws one board/);
  expect(code).toBe(2);
});

describe('a board without a single price', () => {
  const units = openmvH7Plus.units.map((unit) => ({ ...unit, ...('costs' in unit && { costs: [] }) }));
  const board = { ...openmvH7Plus, calibration: undefined, id: 'unpriced', units };
  const unpriced = tempFolder().write('unpriced.json', JSON.stringify(board));

  test.each(['place', 'memory'])('%s answers', async (command) => {
    const [document, ofPriced] = [unpriced, 'openmv-h7-plus'].map((board) =>
      runJson(command, NO_KMODEL, '-b', board),
    );
    expect({ ...(await document), board: '' }).toEqual({ ...(await ofPriced), board: '' });
  });

  test('predict says what is missing, and loses nothing of the other board', async () => {
    const [alone, both] = [unpriced, `openmv-h7-plus,${unpriced}`].map((boards) =>
      runCommand('predict', NO_KMODEL, '-b', boards, '--json'),
    );
    expect((await alone).err).toMatch(/no cost for op/);
    expect(JSON.parse((await both).out)).toMatchObject({
      predictions: [{ board: 'openmv-h7-plus' }],
      refused: [{ board: 'unpriced' }],
    });
  });
});

test('all is every board: one that refuses is a row, an estimate says that it is one', async () => {
  interface All extends Refused {
    readonly predictions: readonly {
      readonly board: string;
      readonly latencyMs: { readonly why?: string };
    }[];
  }
  const { predictions, refused } = await runJson<All>(
    'predict',
    'test/golden/ops/op-gather.int8.tflite',
    '-b',
    'all',
  );
  const { boards } = await runJson<{ boards: readonly { id: string; grade: string }[] }>('boards');
  expect(boards.length).toBeGreaterThanOrEqual(22);
  expect([...predictions, ...refused].map(({ board }) => board).sort()).toEqual(
    boards.map(({ id }) => id).sort(),
  );
  for (const { id, grade } of boards.filter((board) => board.grade === 'estimate')) {
    const { why } = predictions.find(({ board }) => board === id)!.latencyMs;
    expect([grade, why]).toEqual(['estimate', expect.stringMatching(/^estimate, x\/÷ /)]);
  }
});

interface Latencies {
  readonly predictions: readonly { readonly latencyMs: { readonly value: number } }[];
}

test.each([
  ['board show maixduino --out x.json', 'board show does not take --out, which is of board new'],
  ['board lint x.json --ram 1MiB', 'board lint does not take --ram, which is of board new'],
  ['board lint x.json --full', 'board lint does not take --full, which is of board show'],
  ['board new x --core cortex-m7', 'board new takes no x; name the board with --id and its file with --out'],
])('%s: what another action takes is refused, not ignored', async (line, said) => {
  const { code, out, err } = await runCommand(...line.split(' '));
  expect([code, out, err]).toEqual([2, '', `inferscope: ${said}\n`]);
});

describe('board new', () => {
  const folder = tempFolder();
  const F746 = [
    '--core',
    'cortex-m7',
    '--clock',
    '216MHz',
    '--fpu',
    'single',
    '--cache',
    '4KiB',
    '--ram',
    '320KiB',
  ];

  test('writes a file that lint finds fine and that predicts', async () => {
    const path = `${folder.path}/my-f746.json`;
    const written = await runCommand('board', 'new', ...F746, '--out', path);
    expect([written.code, written.err]).toEqual([0, '']);
    expect((await runCommand('board', 'lint', path)).out).toBe(`${path}: fine\n`);
    const { predictions } = await runJson<Latencies>(...['predict', 'paper:8', '-b', path]);
    // The board that is built in has the same core, clock, cache and kernels.
    const built = await runJson<Latencies>('predict', 'paper:8', '-b', 'stm32f746g-disco');
    const ratio = predictions[0]!.latencyMs.value / built.predictions[0]!.latencyMs.value;
    expect(Math.abs(Math.log(ratio))).toBeLessThan(Math.log(1.4));
  });

  test('short and full forms of a board predict the same', async () => {
    const [short, full] = await Promise.all([
      runJson<object>('board', 'show', 'nucleo-l4r5zi'),
      runJson<object>('board', 'show', 'nucleo-l4r5zi', '--full'),
    ]);
    expect(JSON.stringify(short, undefined, 2).split('\n').length).toBeLessThan(120);
    expect(JSON.stringify(full).length).toBeGreaterThan(20 * JSON.stringify(short).length);
    const files = [short, full].map((board, at) => folder.write(`${at}.json`, JSON.stringify(board)));
    const [a, b] = await Promise.all(files.map((file) => runJson<object>('predict', 'paper:8', '-b', file)));
    expect(a).toEqual(b);
  });

  test.each([
    [['--core', 'cortex-m7'], /needs --core and --clock/],
    [['--core', 'z80', '--clock', '4MHz'], /--core z80: no such core; choose from cortex-m7, /],
    [['--core', 'cortex-m7', '--clock', 'fast'], /--clock: "fast" is no frequency/],
    [['--core', 'cortex-m7', '--clock', '216MHz', '--ram', '0'], /--ram: "0" is no amount of memory/],
  ])('%j is refused in one line, nothing is written', async (words, message) => {
    const out = `${folder.path}/none.json`;
    const { code, err } = await runCommand('board', 'new', ...words, '--out', out);
    expect([code, err]).toEqual([2, expect.stringMatching(message)]);
    expect(existsSync(out)).toBe(false);
  });
});
