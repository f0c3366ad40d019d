import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder } from '../../../test/support/temp-folder.ts';
import { writeScriptFiles } from './written-files.ts';

const folder = tempFolder();
const write = (name: string, text: string) =>
  writeScriptFiles(folder.path, new Map([[join(folder.path, name), text]]));
const read = (name: string) => readFileSync(join(folder.path, name), 'utf8');

test('what a script wrote is replaced by the next run, until somebody changes it', async () => {
  await write('rows.csv', 'a');
  await write('rows.csv', 'b');
  expect(read('rows.csv')).toBe('b');
  folder.write('rows.csv', 'mine');
  await expect(write('rows.csv', 'c')).rejects.toThrow(
    `${join(folder.path, 'rows.csv')}: is there already, and not as a script wrote it`,
  );
  expect(read('rows.csv')).toBe('mine');
});

test("nothing else is replaced, nor what a link leads to, and the others' files are written all the same", async () => {
  folder.write('setup.py', 'code');
  const outside = tempFolder().write('outside.csv', 'kept');
  symlinkSync(outside, join(folder.path, 'link.csv'));
  const texts = ['setup.py', 'link.csv', 'new.csv'].map((name) => [join(folder.path, name), 'x'] as const);
  await expect(writeScriptFiles(folder.path, new Map(texts))).rejects.toThrow(
    /setup\.py, .*link\.csv: is there/,
  );
  expect([read('setup.py'), readFileSync(outside, 'utf8'), read('new.csv')]).toEqual(['code', 'kept', 'x']);
});

test('a record that is damaged makes nothing free', async () => {
  const other = tempFolder();
  other.write('.inferscope-lua.json', '{');
  const path = other.write('a.csv', 'mine');
  await expect(writeScriptFiles(other.path, new Map([[path, 'x']]))).rejects.toThrow(/is there already/);
});

test('a record that is a link, or a folder, is neither read nor written through, and nothing is written', async () => {
  const victim = tempFolder().write('victim.json', 'kept');
  for (const place of [(path: string) => symlinkSync(victim, path), (path: string) => mkdirSync(path)]) {
    const other = tempFolder();
    place(join(other.path, '.inferscope-lua.json'));
    const path = join(other.path, 'a.csv');
    await expect(writeScriptFiles(other.path, new Map([[path, 'x']]))).rejects.toThrow(
      /\.inferscope-lua\.json: is no record of what scripts wrote; remove it/,
    );
    expect([existsSync(path), readFileSync(victim, 'utf8')]).toEqual([false, 'kept']);
  }
});

test('where a script writes nothing, nothing is made', async () => {
  const path = join(folder.path, 'never');
  await writeScriptFiles(path, new Map());
  expect(existsSync(path)).toBe(false);
});
