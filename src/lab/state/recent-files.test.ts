import { expect, test } from 'vitest';
import { recentFrom, withRecent } from './recent-files.ts';

const file = (name: string) => ({ name, base64: 'AA==' });

test('the newest file is first, each name is there once, and of four the oldest goes', () => {
  const three = ['c', 'b', 'a'].map(file);
  expect(withRecent(three, file('b')).map(({ name }) => name)).toEqual(['b', 'c', 'a']);
  expect(withRecent(three, file('d')).map(({ name }) => name)).toEqual(['d', 'c', 'b']);
});

test('what the browser kept is taken where it is files, and nothing else is', () => {
  expect(recentFrom(JSON.stringify([file('a')]))).toEqual([file('a')]);
  for (const text of [null, 'no json', '{"name":"a"}', '[1,{"name":"a"},null]'])
    expect(recentFrom(text)).toEqual([]);
});
