import { didYouMean } from '../closest-name.ts';
import { quote } from '../models/graph/quote.ts';
import { SpecError } from '../errors.ts';
import { ALL_PARTS } from './all-parts.ts';
import type { Board } from './board/board.ts';
import { resolveBoard } from './board/resolve-board.ts';
import { BOARDS } from './index.ts';
import { MAIXDUINO } from './maixduino.ts';
import { OPENMV_H7_PLUS } from './openmv-h7-plus.ts';
import type { BoardFile } from './board/board-file.ts';
import { PAGES } from './pages/index.ts';

/** The pages of all boards: first those that are fitted to their own measurements, then the others by id. */
export const BOARD_FILES: readonly BoardFile[] = [MAIXDUINO, OPENMV_H7_PLUS, ...PAGES];

/** Ids of all boards, in that order. */
export const BOARD_IDS: readonly string[] = [
  ...new Set([...BOARDS.map(({ id }) => id), ...BOARD_FILES.map(({ id }) => id)]),
];

const resolved = new Map<string, Board>(BOARDS.map((board) => [board.id, board]));

/** The board of this id, put together when it is first asked for. Throws a SpecError that lists the ids. */
export function anyBoardById(id: string): Board {
  const known = resolved.get(id);
  if (known) return known;
  const file = BOARD_FILES.find((candidate) => candidate.id === id);
  if (!file) {
    throw new SpecError(
      `unknown board ${quote(id)}${didYouMean(id, BOARD_IDS)}; choose from ${BOARD_IDS.join(', ')}, or give the path of a board's JSON file`,
    );
  }
  const board = resolveBoard(file, ALL_PARTS);
  resolved.set(id, board);
  return board;
}

/** Every board. */
export const allBoards = (): readonly Board[] => BOARD_IDS.map(anyBoardById);
