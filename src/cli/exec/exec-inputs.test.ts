import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, test } from 'vitest';
import { tempFolder } from '../../../test/support/temp-folder.ts';
import { readCamera } from './exec-inputs.ts';

const { path: folder } = tempFolder();

function pgm(name: string, ...pixels: number[]): string {
  const path = join(folder, name);
  writeFileSync(path, Buffer.from([...Buffer.from(`P5 ${pixels.length} 1 255\n`), ...pixels]));
  return path;
}

it('shows digits of the part that is named, light on black', async () => {
  const [train, test] = await Promise.all([readCamera('mnist:train'), readCamera('mnist:test')]);
  expect([train.length, train[59_999].name, test.length, test[9_999].name]).toEqual([
    ...[60_000, 'mnist:train 59999', 10_000, 'mnist:test 9999'],
  ]);
  expect(test[0]).toMatchObject({ width: 28, height: 28, channels: 1 });
  expect(test[0].pixels[0]).toBe(0);
});

it('shows digits as a camera would see them on paper where that is asked for', async () => {
  const [light, dark] = await Promise.all([readCamera('mnist:test'), readCamera('mnist:test:paper')]);
  expect(dark[7].pixels).toEqual(light[7].pixels.map((ink) => 255 - ink));
});

it('shows a picture, and those of a folder in the order of their names', async () => {
  expect(await readCamera(pgm('one.pgm', 1, 2))).toMatchObject([
    { name: 'one.pgm', width: 2, pixels: Uint8Array.of(1, 2) },
  ]);
  mkdirSync(join(folder, 'many'));
  ['b', 'a'].forEach((name, at) => pgm(`many/${name}.pgm`, at, at, at));
  writeFileSync(join(folder, 'many', 'notes.txt'), 'no picture');
  const pictures = await readCamera(join(folder, 'many'));
  expect(pictures.map(({ name, pixels }) => [name, pixels[0]])).toEqual([
    ['a.pgm', 1],
    ['b.pgm', 0],
  ]);
});

test('a folder without pictures is an error that says what would be one', async () => {
  mkdirSync(join(folder, 'none'));
  await expect(readCamera(join(folder, 'none'))).rejects.toThrow(/holds no pictures; put in .*\.pgm/);
});
