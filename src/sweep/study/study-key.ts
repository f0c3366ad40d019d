import type { Board } from '../../boards/board/board.ts';
import { loadAll } from '../../boards/load-all.ts';
import { contentHash } from '../../simulate/content-hash.ts';
import { BATCH_POINTS } from './batch.ts';
import type { DesignSpace } from './space.ts';

// A board that is looked at before all of it is loaded would be another one.
loadAll();

/** Raise it where the same space and boards would give other columns or other numbers than before. */
export const RESULTS_VERSION = 1;

/**
 * Names a study by its content: the space, the data of the boards that it names, and the version of the results. A
 * store or queue that holds another key holds another study.
 */
export function studyKey(space: DesignSpace, boards: readonly Board[]): string {
  const ids = space.axes.find(({ name }) => name === 'board')?.values ?? [];
  const used = boards.filter(({ id }) => ids.includes(id));
  return contentHash({ space, boards: used, version: RESULTS_VERSION, batchPoints: BATCH_POINTS });
}
