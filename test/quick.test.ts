import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ALONE, SLOW_ROOMS } from '../vitest.quick.config.ts';
import { readSources } from './architecture/source-tree.ts';

const nearTests = ['src', 'scripts'].flatMap((folder) =>
  readSources(folder)
    .filter(({ path }) => path.endsWith('.test.ts'))
    .map(({ path, text }) => ({ path: `${folder}/${path}`, text })),
);
const isQuick = (path: string) => !SLOW_ROOMS.some((room) => path.startsWith(`src/${room}/`));

it('the quick tests share a process, but for those that replace a module', () => {
  const replacing = nearTests.filter(
    ({ path, text }) => isQuick(path) && /\bvi\.(mock|stubGlobal)\(/.test(text),
  );
  expect(replacing.map(({ path }) => path).filter((path) => !ALONE.includes(path))).toEqual([]);
});

it('tests that run alone are quick ones, and there', () => {
  expect(
    ALONE.filter((path) => !existsSync(new URL(`../${path}`, import.meta.url)) || !isQuick(path)),
  ).toEqual([]);
});

it('the quick tests are most of the near ones, and start no guest, no Lua and no training on MNIST', () => {
  const quick = nearTests.filter(({ path }) => isQuick(path));
  expect(quick.length).toBeGreaterThan(nearTests.length * 0.7);
  const starting = /from '[^']*(exec-script|lua-sandbox|mnist-files|worker_threads)/;
  expect(quick.filter(({ text }) => starting.test(text)).map(({ path }) => path)).toEqual([]);
});
