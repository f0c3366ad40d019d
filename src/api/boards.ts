/** Boards of your own: JSON of `schemas/board.schema.json` as boards. */
export { findBoardProblems, parseBoard } from '../boards/json/parse-board.ts';
