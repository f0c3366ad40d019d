import { BOARD_FILES } from '../../boards/all-boards.ts';
import { readBoardJson } from '../inputs.ts';

/** The page of a board, which names its parts by id; undefined for a file that spells them out, or a board without one. */
export async function shortForm(board: string): Promise<object | undefined> {
  const page = BOARD_FILES.find(({ id }) => id === board);
  if (page) return page;
  const json = await readBoardJson(board).catch(() => undefined);
  return typeof json === 'object' && json !== null && 'core' in json ? json : undefined;
}
