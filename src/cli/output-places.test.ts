import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { requireOwnPlaces } from './output-places.ts';

const folder = mkdtempSync(join(tmpdir(), 'inferscope-places-'));
const at = (name: string): string => join(folder, name);
for (const name of ['a', 'b', 'c.json']) writeFileSync(at(name), '');
symlinkSync(at('a'), at('link'));
mkdirSync(at('pictures'));

test.each([
  ['the script itself', { script: at('a'), vcd: at('a') }],
  ['it by another path', { script: at('a'), vcd: join(folder, 'pictures', '..', 'a') }],
  ['it through a link', { model: at('link'), csv: at('a') }],
  ['a board among several', { model: 'paper:8', board: `maixduino,${at('c.json')}`, svg: at('c.json') }],
  ['what goes into the flash', { script: at('b'), flash: [`0x300000=${at('a')}`], trace: at('a') }],
])('an output over %s is refused', (_, args) =>
  expect(() => requireOwnPlaces(args)).toThrow(
    /^--\w+ would write over [^\n]+, which is read; name another file$/,
  ),
);

test('two outputs of one name are refused, whether or not the file is there', () => {
  const both = { csv: at('new'), 'node-data': `${folder}/./new` };
  expect(() => requireOwnPlaces(both)).toThrow(`--csv and --node-data both name ${at('new')}; give each`);
});

test.each([
  ['a word that is no path', { model: at('a'), to: 'kmodel', out: 'kmodel' }],
  ['standard output twice', { csv: '-', 'json-rows': '-' }],
  ['a folder that is read and written', { camera: at('pictures'), out: at('pictures') }],
  ['a baseline that is renewed', { baseline: at('a'), 'write-baseline': at('a') }],
  ['a board that is fitted anew', { board: at('c.json'), out: at('c.json') }],
  ['files of their own', { script: at('a'), vcd: at('v'), trace: at('t') }],
])('%s is none of that', (_, args) => expect(() => requireOwnPlaces(args)).not.toThrow());
