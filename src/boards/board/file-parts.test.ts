import { expect, test } from 'vitest';
import { constant } from './constant.ts';
import type { BoardFile } from './board-file.ts';
import type { KernelLibrary } from './board-parts.ts';
import { boardMemory, librariesFor } from './file-parts.ts';

const library = (id: string, fpu?: 'single' | 'double'): KernelLibrary => ({
  ...{ id, core: 'c', name: id, version: '1', build: '-O2', costs: [] },
  ...(fpu && { fpu }),
});

test('builds for the width of the floating-point unit come first, the others keep their order', () => {
  const all = [library('a', 'double'), library('b'), library('c', 'single'), library('d', 'single')];
  const ids = (fpu: BoardFile['fpu']) => librariesFor(all, fpu).map(({ id }) => id);
  expect(ids('single')).toEqual(['c', 'd', 'a', 'b']);
  expect(ids('double')).toEqual(['a', 'b', 'c', 'd']);
  expect(ids(undefined)).toEqual(['a', 'b', 'c', 'd']);
});

const of = (value: number, unit: string) => constant(value, unit, 'made up', 'estimated');
const file = { id: 'x', clocks: [{ id: 'core', hz: of(200e6, 'Hz') }] } as unknown as BoardFile;

test('a line of 50 ns is 10 cycles of a core of 200 MHz, and stays so much time at another clock', () => {
  const memory = boardMemory({ id: 'ram', kind: 'ram', lineFillNs: of(50, 'ns') } as never, file);
  expect(memory).toMatchObject({ lineFillCycles: { value: 10, grade: 'estimated' }, lineFillAtHz: 200e6 });
  expect(memory).not.toHaveProperty('lineFillNs');
});

test('a memory without a time of its lines stays as it is, one with two is refused', () => {
  const bare = { id: 'ram', kind: 'ram' } as never;
  expect(boardMemory(bare, file)).toEqual(bare);
  const both = { id: 'ram', lineFillNs: of(50, 'ns'), lineFillCycles: of(10, 'cycles') } as never;
  expect(() => boardMemory(both, file)).toThrow('memory "ram" has lineFillNs and lineFillCycles');
});
