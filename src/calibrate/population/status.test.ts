import { expect, test } from 'vitest';
import { statusOf } from './status.ts';

const run = (board: string, core: string, engine: string, network: string) =>
  ({
    network,
    dtype: 'int8',
    identity: { board, core, engine, version: '1', variant: '', family: '', dtype: 'int8' },
  }) as never;

const seen = [run('a', 'm4', 'x', 'net'), run('b', 'm7', 'y', 'net')];

test.each([
  ['the same run', run('a', 'm4', 'x', 'net'), 'fitted'],
  ['another network', run('a', 'm4', 'x', 'other'), 'new-network'],
  [
    'another board with a core and an engine that were seen together',
    run('c', 'm4', 'x', 'net'),
    'new-board',
  ],
  ['another board with a core and an engine that were seen apart', run('c', 'm4', 'y', 'net'), 'estimate'],
  ['an engine that was seen elsewhere, on a board with another', run('a', 'm4', 'y', 'net'), 'new-engine'],
  ['an engine that nobody saw, on a board with another', run('b', 'm7', 'z', 'net'), 'new-engine'],
  ['an engine that nobody saw, on a board that nobody saw', run('c', 'm7', 'z', 'net'), 'estimate'],
])('%s is %#', (_, asked, status) => {
  expect(statusOf(asked, seen)).toBe(status);
});

test('a source whose clock was inferred tells of itself alone', () => {
  const inferred = { ...(run('d', 'm4', 'x', 'net') as object), inferredBy: 'hobby d' } as never;
  expect(statusOf(run('d', 'm4', 'x', 'net'), [inferred])).toBe('estimate');
  expect(statusOf(inferred, [inferred])).toBe('fitted');
});
