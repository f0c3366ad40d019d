import { expect, it } from 'vitest';
import * as boards from './index.ts';

it('each board that ships has a name of its own, its id in camel case', () => {
  const camel = (id: string) => id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  for (const board of boards.BOARDS) expect(boards).toHaveProperty([camel(board.id)], board);
});
