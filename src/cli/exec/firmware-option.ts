import type { Board } from '../../boards/board/board.ts';
import { SpecError } from '../../errors.ts';

/** The board under a release of its firmware. Throws a SpecError that lists the releases for any other. */
export async function withFirmware(board: Board, release: string | undefined): Promise<Board> {
  if (release === undefined) return board;
  const { SETTINGS, withSettings } = await import('../../boards/settings/all-settings.ts');
  const setting = SETTINGS.find(({ key, isFor }) => key.endsWith('.firmware') && isFor(board));
  if (!setting) throw new SpecError(`--firmware ${release}: board "${board.id}" has one firmware alone`);
  if (Object.hasOwn(setting.values, release)) return withSettings(board, { [setting.key]: release });
  const known = Object.keys(setting.values).join(', ');
  throw new SpecError(`--firmware ${release}: board "${board.id}" runs ${known}`);
}
