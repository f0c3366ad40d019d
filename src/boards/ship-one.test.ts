import { expect, test } from 'vitest';
import { shippedBoard } from './ship-one.ts';

test('every board that ships is loaded whole by its id, whatever else is loaded', async () => {
  const maixduino = JSON.stringify(await shippedBoard('maixduino'));
  const openmv = JSON.stringify(await shippedBoard('openmv-h7-plus'));
  const { anyBoardById } = await import('./all-boards.ts');
  expect(maixduino).toBe(JSON.stringify(anyBoardById('maixduino')));
  expect(openmv).toBe(JSON.stringify(anyBoardById('openmv-h7-plus')));
});

test.each(['nope', 'constructor'])('%s is no shipped board', async (id) => {
  expect(await shippedBoard(id)).toBeUndefined();
});
