import { expect, it } from 'vitest';
import { boardById } from '../index.ts';
import { constantAt, withConstants } from './constant-paths.ts';

const board = boardById('maixduino');
const PATH = 'memories.sram.lineFillCycles';

it('a constant is found by keys and ids, and replaced without touching the board', () => {
  const before = constantAt(board, PATH).value;
  const changed = withConstants(board, new Map([[PATH, 1]]));
  expect([constantAt(changed, PATH).value, constantAt(board, PATH).value]).toEqual([1, before]);
  expect(changed.units).toBe(board.units);
});

it('a path that leads nowhere is an error that names board and path', () => {
  expect(() => constantAt(board, 'units.core.constants.nope')).toThrow(
    'board "maixduino" has no constant "units.core.constants.nope"',
  );
});
