import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { tensor } from '../../test/support/op-tests.ts';
import { OPS, opFor } from './index.ts';

test('an operator keeps the type of its input, except those that convert', () => {
  const dtypes = (['RELU', 'QUANTIZE', 'DEQUANTIZE', 'SHAPE'] as const).map(
    (type) => OPS[type].infer({}, [tensor([2], 'uint8')])[0].dtype,
  );
  expect(dtypes).toEqual(['uint8', 'int8', 'float32', 'int32']);
});

test('names that are no operator are not found, whatever objects inherit', () => {
  expect([opFor('CONV_2D')?.type, opFor('LSTM'), opFor('constructor')]).toEqual([
    'CONV_2D',
    undefined,
    undefined,
  ]);
});

// Boards list their costs in this order, and studies are named by their boards: a bundler must not change it.
test('operators come in the order of their names, however their modules were loaded', () => {
  expect(Object.keys(OPS)).toEqual(Object.keys(OPS).sort());
});

const folder = new URL('./', import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts'));
const textOf = (path: string) => readFileSync(new URL(path, folder), 'utf8');
/** Folders whose files of one kind say the name, quoted or as a key. */
const foldersThatName = (type: string, isTest: boolean) =>
  files
    .filter((path) => path.includes('/') && path.endsWith('.test.ts') === isTest)
    .filter((path) => new RegExp(`'${type}'|^  ${type}: \\[`, 'm').test(textOf(path)))
    .map((path) => posix.dirname(path));

test.each(Object.keys(OPS))('%s is named by a test beside its definition, which runs it', (type) => {
  const homes = foldersThatName(type, false);
  const beside = foldersThatName(type, true).filter((home) =>
    homes.some((definition) => `${definition}/`.startsWith(`${home}/`)),
  );
  expect(beside).not.toEqual([]);
});
