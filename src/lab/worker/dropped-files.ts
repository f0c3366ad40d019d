import type { Board, Model } from 'inferscope';
import type { Experiment, Given } from 'inferscope/experiments';

/** Files that were dropped into the page, by name; they stay in this worker. */
const models = new Map<string, Model>();
const boards = new Map<string, Board>();

/** Keeps a model for experiments that name it. */
export const keepModel = (name: string, model: Model): void => void models.set(name, model);

/** Keeps a board for experiments that name its id. */
export const keepBoard = (board: Board): void => void boards.set(board.id, board);

/** What an experiment names of the files that were dropped. */
export function givenFor({ model }: Experiment): Given {
  const dropped = models.get(model);
  return { boards: [...boards.values()], ...(dropped && { model: dropped }) };
}
