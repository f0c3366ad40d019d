import type { Board } from '../../boards/board/board.ts';
import { InferscopeError, SpecError } from '../../errors.ts';
import type { Refusal } from '../../report/refusals-text.ts';
import type { ExitCode } from '../command.ts';

/** What each board says, in the order in which the boards were named; those that refuse stand apart. */
export interface BoardAnswers<Answer> {
  readonly answers: readonly Answer[];
  /** Boards of `answers`, one each. */
  readonly answering: readonly Board[];
  readonly refused: readonly Refusal[];
}

/**
 * Asks every board, and goes on where one refuses with an InferscopeError. Throws what the only board says against it, or
 * a SpecError with every reason where none of several answers.
 */
export function askBoards<Answer>(
  boards: readonly Board[],
  ask: (board: Board) => Answer,
): BoardAnswers<Answer> {
  if (boards.length === 1) return { answers: [ask(boards[0])], answering: boards, refused: [] };
  const answers: Answer[] = [];
  const answering: Board[] = [];
  const refused: Refusal[] = [];
  for (const board of boards) {
    try {
      answers.push(ask(board));
      answering.push(board);
    } catch (error) {
      if (!(error instanceof InferscopeError)) throw error;
      refused.push({ board: board.id, reason: error.message });
    }
  }
  if (answers.length === 0) throw nobody(refused);
  return { answers, answering, refused };
}

/** The error that says why none of several boards answers. */
export function nobody(refused: readonly Refusal[]): SpecError {
  const reasons = refused.map(({ board, reason }) => `${board}: ${reason}`);
  return new SpecError(`none of the ${refused.length} boards answers; ${reasons.join('; ')}`);
}

/** 0 although boards refuse, unless --strict says that every one must answer. */
export function exitCodeOf(refused: readonly Refusal[], strict: boolean): ExitCode {
  return strict && refused.length > 0 ? 2 : 0;
}
