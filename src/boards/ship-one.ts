import type { Board } from './board/board.ts';

/** The boards that ship, each whole and by itself: what asks for one does not load the cost tables of the others. */
const LOADERS: Readonly<Record<string, () => Promise<Board>>> = {
  maixduino: async () => {
    const { loadNodeRows } = await import('./libraries/load-node-rows.ts');
    const { loadScripts } = await import('./runtimes/load-scripts.ts');
    loadNodeRows();
    loadScripts();
    return (await import('./maixduino.ts')).maixduino;
  },
  'openmv-h7-plus': async () => {
    (await import('./load-all.ts')).loadAll();
    return (await import('./openmv-h7-plus.ts')).openmvH7Plus;
  },
};

/** The shipped board of this id; undefined for an id that none of them has. */
export async function shippedBoard(id: string): Promise<Board | undefined> {
  return Object.hasOwn(LOADERS, id) ? LOADERS[id]() : undefined;
}
