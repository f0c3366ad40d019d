import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { boardValidator } from '../src/boards/json/board-validator.ts';
import { maixduino } from '../src/boards/index.ts';
import { emitBoardValidator } from './standalone-validator.mjs';

const ENTRY = fileURLToPath(new URL('../src/boards/json/board-validator.ts', import.meta.url));

/** What a build has in place of the module. */
async function builtValidator(): Promise<typeof boardValidator> {
  const folder = mkdtempSync(join(tmpdir(), 'inferscope-validator-'));
  try {
    await emitBoardValidator(ENTRY, folder);
    const file = join(folder, 'board-validator.cjs');
    expect(readFileSync(file, 'utf8')).not.toContain('new Function');
    const built = (await import(pathToFileURL(file).href)) as {
      boardValidator: typeof boardValidator;
    };
    return built.boardValidator;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The board with each of its fields in turn taken away, or another value, and two of the elements of lists. */
function spoiled(node: unknown, levels: number): unknown[] {
  if (typeof node !== 'object' || node === null) return [];
  const entries = Object.entries(node).slice(0, Array.isArray(node) ? 2 : Infinity);
  return entries.flatMap(([key, value]) => {
    const inside = levels > 0 ? spoiled(value, levels - 1) : [];
    return [undefined, 'x', -1, '', {}, [], ...inside].map((other) =>
      Array.isArray(node) ? node.with(Number(key), other) : { ...node, [key]: other },
    );
  });
}

test('the code of a build says the same of boards, good and bad, as Ajv does when it compiles', async () => {
  const [built, here] = [(await builtValidator())(), boardValidator()];
  const whole = JSON.parse(JSON.stringify(maixduino)) as object;
  const boards = [whole, ...spoiled(whole, 2), { ...whole, core: 'cortex-m7' }, null, 3, [], { 'a\n': 1 }];
  const problemsOf = (validate: typeof built, board: unknown) => {
    const isGood = validate(board);
    return JSON.stringify([isGood, (validate.errors ?? []).map(({ schema: _, ...error }) => error)]);
  };
  expect(boards.length).toBeGreaterThan(200);
  for (const board of boards) expect(problemsOf(built, board)).toBe(problemsOf(here, board));
});
