import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand } from './support/run-command.ts';
import { commandsOf, shellLines } from './support/shell-lines.ts';
import { tempFolder } from './support/temp-folder.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

/** What these run is the whole suite and the installation. */
const NOT_HERE = ['npm ci', 'npm cit'];

/** The words after `inferscope`, of `npx inferscope ...` or of what an npm script starts. */
function inferscopeWords(command: readonly string[]): readonly string[] {
  const [tool, name, ...rest] = command;
  if (tool === 'npx' && name === 'inferscope') return rest;
  const script = tool === 'npm' ? scripts[name!] : undefined;
  if (script?.startsWith('node dist/cli/main.js ')) return script.split(' ').slice(2);
  throw new Error(`"${command.join(' ')}" starts nothing that this test knows`);
}

describe.each(['README.md', 'examples/firmware/README.md'])('%s', (page) => {
  const folder = tempFolder().path;
  const commands = shellLines(read(page))
    .flatMap(commandsOf)
    .filter((words) => !NOT_HERE.includes(words.join(' ')));

  // The lines find examples/ as in a clone; what they write stays out of it.
  beforeAll(() => {
    symlinkSync(join(ROOT, 'examples'), join(folder, 'examples'));
    process.chdir(folder);
  });
  afterAll(() => process.chdir(ROOT));

  test.each(commands.map((words) => [words.join(' '), words] as const))('%s', async (_, words) => {
    const { code, out, err } = await runCommand(...inferscopeWords(words));
    expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' });
    expect(out.length).toBeGreaterThan(50);
    for (const file of words.flatMap((word, at) =>
      /^--(out|svg|vcd|trace)$/.test(word) ? [words[at + 1]!] : [],
    )) {
      expect([file, existsSync(file)]).toEqual([file, true]);
    }
  });

  test('has lines to run', () =>
    expect(commands.length).toBeGreaterThanOrEqual(page === 'README.md' ? 14 : 2));
});
