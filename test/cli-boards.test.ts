import { describe, expect, test } from 'vitest';
import { openmvH7Plus } from '../src/boards/openmv-h7-plus.ts';
import { runCommand, runJson } from './support/run-command.ts';
import { schemaErrors } from './support/schemas.ts';
import { tempFolder } from './support/temp-folder.ts';

/** A network that TensorFlow Lite Micro runs and the K210's converter has no layer for. */
const NO_KMODEL = 'test/golden/ops/net-argmax_seg.float.tflite';
const COMMANDS = ['predict', 'explain', 'place', 'memory'] as const;

interface Refused {
  readonly refused: readonly { readonly board: string; readonly reason: string }[];
}

describe.each(COMMANDS)('%s on boards of which one refuses', (command) => {
  test('lists what the others say and why that one does not', async () => {
    const document = await runJson<Refused>(command, NO_KMODEL, '-b', 'all');
    expect(schemaErrors(command, document)).toEqual([]);
    expect(document.refused).toEqual([
      { board: 'maixduino', reason: expect.stringMatching(/^op 1 \(ARG_MAX\) .*no layer for it/) as string },
    ]);
    expect(JSON.stringify(document)).toContain('"board":"openmv-h7-plus"');
  });

  test('prints both, the refusal as a row', async () => {
    const { code, out } = await runCommand(command, NO_KMODEL, '-b', 'all');
    expect(code).toBe(0);
    expect(out).toContain('openmv-h7-plus');
    expect(out).toMatch(/^ {2}maixduino +op 1 \(ARG_MAX\) on unit/m);
  });

  test('ends with 2 where --strict asks for every board', async () => {
    const { code, out } = await runCommand(command, NO_KMODEL, '-b', 'all', '--strict');
    expect(code).toBe(2);
    expect(out).toContain('openmv-h7-plus');
  });

  test('with one board, or where none answers, it is a mistake in one line', async () => {
    const { code, out, err } = await runCommand(command, NO_KMODEL, '-b', 'maixduino');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^inferscope: op 1 \(ARG_MAX\) [^\n]+\n$/);
    const none = await runCommand(command, NO_KMODEL, '-b', 'all', '--weights-in', 'attic');
    expect({ code: none.code, out: none.out }).toEqual({ code: 2, out: '' });
    expect(none.err).toMatch(/none of the 2 boards answers; maixduino: .*; openmv-h7-plus: .*"attic"/);
  });
});

test('hashes of the boards that answer are printed, and who refuses is said', async () => {
  const { code, out, err } = await runCommand('predict', NO_KMODEL, '-b', 'all', '--hash');
  expect(out).toMatch(/^[0-9a-f]{64}\n$/);
  expect(err).toMatch(/maixduino refuses: op 1/);
  expect(code).toBe(0);
});

test('two models are compared on each board', async () => {
  const { models, differences } = await runJson<{ models: object[]; differences: { board: string }[] }>(
    ...['explain', 'paper:4', 'paper:5', '-b', 'all'],
  );
  expect(models).toHaveLength(4);
  expect(differences.map(({ board }) => board)).toEqual(['maixduino', 'openmv-h7-plus']);
});

test('a picture of the memory is of one board', async () => {
  const { code, err } = await runCommand('memory', 'paper:4', '-b', 'all', '--svg', 'arena.svg');
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
