import type { ValidateFunction } from 'ajv/dist/2020.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Board } from '../board/board.ts';
import type { BoardFile } from '../board/board-file.ts';
import { BOARD_SCHEMA } from './board-schema.ts';

/** What parse-board.ts reads of an error. A definition is a function of its own: a third of the time, half of the code. */
export const BOARD_VALIDATION = {
  allErrors: true,
  discriminator: true,
  verbose: true,
  inlineRefs: false,
} as const;

let validateBoard: ValidateFunction<Board | BoardFile> | undefined;

/**
 * Says of a parsed JSON value whether it has the form of a board or of a board's file. What is built has here the code that
 * Ajv writes (scripts/standalone-validator.mjs): to compile it takes longer than a thousand predictions.
 */
export const boardValidator = (): ValidateFunction<Board | BoardFile> =>
  (validateBoard ??= new Ajv2020(BOARD_VALIDATION).compile<Board | BoardFile>(BOARD_SCHEMA));
