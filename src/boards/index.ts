import { SpecError } from '../errors.ts';
import type { Board } from './board/board.ts';
import { resolveBoard } from './board/resolve-board.ts';
import { MAIXDUINO } from './maixduino.ts';
import { OPENMV_H7_PLUS } from './openmv-h7-plus.ts';
import { CORTEX_M7_PARTS, RV64GC_PARTS } from './parts.ts';

// Each by its name too, so that a bundler leaves out the boards that a page does not name.
/** Sipeed's Maixduino: a Kendryte K210 with its KPU, MaixPy. */
export const maixduino: Board = /* @__PURE__ */ resolveBoard(MAIXDUINO, RV64GC_PARTS);
/** OpenMV Cam H7 Plus: an STM32H743, OpenMV's TensorFlow Lite Micro. */
export const openmvH7Plus: Board = /* @__PURE__ */ resolveBoard(OPENMV_H7_PLUS, CORTEX_M7_PARTS);

/** The boards that ship. */
export const BOARDS: readonly Board[] = [maixduino, openmvH7Plus];

/** The shipped board of this id. Throws a SpecError that lists the ids. */
export function boardById(id: string): Board {
  const board = BOARDS.find((candidate) => candidate.id === id);
  if (board) return board;
  const known = BOARDS.map((candidate) => candidate.id).join(', ');
  throw new SpecError(`unknown board "${id}"; choose from ${known}, or give the path of a board's JSON file`);
}
