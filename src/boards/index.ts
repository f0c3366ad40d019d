import { SpecError } from '../errors.ts';
import type { Board } from './board/board.ts';
import * as shipped from './shipped.ts';

export * from './shipped.ts';

/** The boards that ship, in the order of their names. */
export const BOARDS: readonly Board[] = /* @__PURE__ */ Object.values(shipped);

/** The shipped board of this id. Throws a SpecError that lists the ids. */
export function boardById(id: string): Board {
  const board = BOARDS.find((candidate) => candidate.id === id);
  if (board) return board;
  const known = BOARDS.map((candidate) => candidate.id).join(', ');
  throw new SpecError(`unknown board "${id}"; choose from ${known}, or give the path of a board's JSON file`);
}
