import type { Board, Model } from 'inferscope';
import type { Experiment, Given } from 'inferscope/experiments';

/** Files that were dropped into the page, by name; they stay in this worker. */
const models = new Map<string, { readonly model: Model; readonly bytes: Uint8Array }>();
const boards = new Map<string, Board>();

/** Keeps a model that was read, and its bytes. */
export function keepModel(name: string, model: Model, bytes: Uint8Array): void {
  models.set(name, { model, bytes });
}

/** Keeps a board that was read. */
export function keepBoard(board: Board): void {
  boards.set(board.id, board);
}

/** What an experiment names of the files that were dropped. */
export function givenFor({ model }: Experiment): Given {
  const dropped = models.get(model)?.model;
  return { boards: [...boards.values()], ...(dropped && { model: dropped }) };
}

/** The bytes of a dropped model. */
export const bytesOfDropped = (name: string): Uint8Array | undefined => models.get(name)?.bytes;

/** Boards that were dropped. */
export const droppedBoards = (): readonly Board[] => [...boards.values()];
