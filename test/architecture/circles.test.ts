import { expect, test } from 'vitest';
import { arrowsBetweenFiles, arrowsInside, findCircles, roomsOf } from './circles.ts';
import type { Source } from './source-tree.ts';

const file = (path: string, ...targets: string[]): Source => ({
  path,
  text: '',
  imports: targets.map((target) => ({ target, typeOnly: true })),
});

test('two files that need only types of each other are a circle', () => {
  const files = arrowsBetweenFiles([file('a.ts', './b.ts'), file('b.ts', './a.ts')]);
  expect(findCircles(files)).toEqual(['a.ts -> b.ts -> a.ts']);
});

test('a folder that is used by a file which it uses leads back to itself, though no file does', () => {
  const files = arrowsBetweenFiles([
    file('room/base.ts', './deep/top.ts'),
    file('room/deep/top.ts'),
    file('room/deep/low.ts', '../base.ts'),
  ]);
  expect(findCircles(files)).toEqual([]);
  expect(findCircles(arrowsInside('room/', files))).toEqual(['room/base.ts -> room/deep -> room/base.ts']);
});

test('every folder is a room, the whole tree too', () => {
  expect(roomsOf(arrowsBetweenFiles([file('a/b/c.ts'), file('d.ts')]))).toEqual(['', 'a/', 'a/b/']);
});

test('libraries and arrows out of a room are no part of its picture', () => {
  const files = arrowsBetweenFiles([file('a/x.ts', 'yaml', '../b/y.ts'), file('b/y.ts', '../a/x.ts')]);
  expect([...arrowsInside('a/', files)]).toEqual([['a/x.ts', new Set()]]);
});
