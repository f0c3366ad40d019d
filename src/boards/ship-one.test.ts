import { expect, test } from 'vitest';
import { BOARDS } from './index.ts';
import { shippedBoard } from './ship-one.ts';

test('every board that ships is loaded by its id, the same as among all', async () => {
  const loaded = await Promise.all(BOARDS.map(({ id }) => shippedBoard(id)));
  expect(loaded).toEqual(BOARDS);
});

test.each(['nope', 'constructor'])('%s is no shipped board', async (id) => {
  expect(await shippedBoard(id)).toBeUndefined();
});
