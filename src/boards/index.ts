import { SpecError } from '../errors.ts';
import type { Board } from './board/board.ts';
import { MAIXDUINO } from './maixduino.ts';
import { OPENMV_H7_PLUS } from './openmv-h7-plus.ts';

/** The boards that ship; one line each. */
export const BOARDS: readonly Board[] = [MAIXDUINO, OPENMV_H7_PLUS];

/** The shipped board of this id. Throws a SpecError that lists the ids. */
export function boardById(id: string): Board {
  const board = BOARDS.find((candidate) => candidate.id === id);
  if (board) return board;
  const known = BOARDS.map((candidate) => candidate.id).join(', ');
  throw new SpecError(`unknown board "${id}"; choose from ${known}, or give the path of a board's JSON file`);
}
