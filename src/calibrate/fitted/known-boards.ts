import { allBoards as allShipped, anyBoardById as shipped } from '../../boards/all-boards.ts';
import type { Board } from '../../boards/board/board.ts';
import { parseBoard as parse } from '../../boards/json/parse-board.ts';
import { usePublishedTimes } from './published-times.ts';

/** The board of this id, and with it what published rows say. Throws a SpecError that lists the ids. */
export function anyBoardById(id: string): Board {
  usePublishedTimes();
  return shipped(id);
}

/** Every board, and what published rows say of them. */
export function allBoards(): readonly Board[] {
  usePublishedTimes();
  return allShipped();
}

/** As `parseBoard` of the boards: a board of one's own may have a core that published rows tell of. */
export function parseBoard(json: unknown, name: string): Board {
  usePublishedTimes();
  return parse(json, name);
}
