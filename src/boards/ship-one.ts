import type { Board } from './board/board.ts';
import { loadScripts } from './runtimes/load-scripts.ts';

loadScripts();

/** The boards that ship, each by itself: what asks for one does not load the cost tables of the others. */
const LOADERS: Readonly<Record<string, () => Promise<Board>>> = {
  maixduino: async () => (await import('./maixduino.ts')).maixduino,
  'openmv-h7-plus': async () => (await import('./openmv-h7-plus.ts')).openmvH7Plus,
};

/** The shipped board of this id; undefined for an id that none of them has. */
export async function shippedBoard(id: string): Promise<Board | undefined> {
  return Object.hasOwn(LOADERS, id) ? LOADERS[id]() : undefined;
}
