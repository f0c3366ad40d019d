import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { exampleFiles } from '../scripts/example-files.ts';
import { runJson } from './support/run-command.ts';

const EXAMPLES = new URL('../examples/', import.meta.url);
const files = await exampleFiles();

test('examples/digits, models and spots hold what npm run examples writes', () => {
  const shipped = ['digits', 'models', 'spots'].flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, EXAMPLES)).map((name) => `${folder}/${name}`),
  );
  expect(shipped.sort()).toEqual(files.map(([path]) => path).sort());
  const changed = files.filter(([path, bytes]) => !readFileSync(new URL(path, EXAMPLES)).equals(bytes));
  expect(changed.map(([path]) => path)).toEqual([]);
});

describe('the models name all ten digits', () => {
  const models = files.map(([path]) => path).filter((path) => path.startsWith('models/'));
  const cases = models.flatMap((model) => ['openmv', 'maixpy'].map((firmware) => [model, firmware] as const));

  test.each(cases)('%s, the pictures converted as %s does', async (model, firmware) => {
    const named: number[] = [];
    for (let digit = 0; digit < 10; digit++) {
      const line = [
        'run',
        `examples/${model}`,
        '--input',
        `examples/digits/${digit}.png`,
        '--like',
        firmware,
      ];
      const { top } = await runJson<{ top: { index: number }[] }>(...line);
      named.push(top[0]!.index);
    }
    expect(named).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});
