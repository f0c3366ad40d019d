import { SpecError } from '../errors.ts';
import type { Board } from './board/board.ts';
import * as shipped from './shipped.ts';

export * from './shipped.ts';

/** The boards of the published bench, in the order of their names; `inferscope/boards` has all. */
export const BOARDS: readonly Board[] = /* @__PURE__ */ Object.values(shipped);

/** The board of this id, of the published bench. Throws a SpecError that lists the ids, and says where all others are. */
export function boardById(id: string): Board {
  const board = BOARDS.find((candidate) => candidate.id === id);
  if (board) return board;
  const known = BOARDS.map((candidate) => candidate.id).join(', ');
  throw new SpecError(
    `no board "${id}" here; choose from ${known}, or ask anyBoardById of inferscope/boards`,
  );
}
