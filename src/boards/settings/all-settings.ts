import { SpecError } from '../../errors.ts';
import type { Board } from '../board/board.ts';
import { DATA_CACHE } from './core-settings.ts';
import { KPU } from './kpu-settings.ts';
import { FIRMWARE, KERNELS, UNRUNNABLE } from './maixpy-settings.ts';
import { CPU_CONV, REFUSED } from './ncc-settings.ts';
import { OPENMV_FIRMWARE } from './openmv-settings.ts';
import type { Setting, SettingChoices } from './setting.ts';

/** Every setting that there is, one line each. */
export const SETTINGS: readonly Setting[] = [
  ...[CPU_CONV, REFUSED],
  ...[FIRMWARE, KERNELS, UNRUNNABLE],
  OPENMV_FIRMWARE,
  ...[DATA_CACHE, KPU],
];

const byKey: ReadonlyMap<string, Setting> = new Map(SETTINGS.map((setting) => [setting.key, setting]));

/** All keys with their values, on one line. */
function vocabulary(): string {
  return SETTINGS.map(({ key, values }) => `${key}=${Object.keys(values).join('|')}`).join(', ');
}

/**
 * Choices from a text such as "maixpy.firmware=0.6", several with commas. Throws a SpecError of one line that lists the
 * keys and their values for any other.
 */
export function parseSettings(list: string): SettingChoices {
  const choices: Record<string, string> = {};
  for (const text of list.split(',')) {
    const [key, value = ''] = text.split(/=(.*)/s).map((part) => part.trim());
    if (!Object.hasOwn(byKey.get(key)?.values ?? {}, value)) {
      throw new SpecError(`--set ${JSON.stringify(text)}: write KEY=VALUE; there are ${vocabulary()}`);
    }
    choices[key] = value;
  }
  return choices;
}

/** The board with these choices; those that it does not have are left out. */
export function withSettings(board: Board, choices: SettingChoices): Board {
  let configured = board;
  const own: Record<string, string> = {};
  for (const [key, value] of Object.entries(choices)) {
    const setting = byKey.get(key);
    if (!setting?.isFor(board)) continue;
    own[key] = value;
    configured = setting.values[value].apply?.(configured) ?? configured;
  }
  if (Object.keys(own).length === 0) return board;
  const { runtime } = configured;
  return { ...configured, runtime: { ...runtime, settings: { ...runtime.settings, ...own } } };
}

/** Every board with the choices that it has. Throws a SpecError for one that none of them has. */
export function configureBoards(boards: readonly Board[], choices: SettingChoices): readonly Board[] {
  for (const key of Object.keys(choices)) {
    if (boards.some((board) => byKey.get(key)!.isFor(board))) continue;
    const known = SETTINGS.filter(({ isFor }) => boards.some(isFor)).map((setting) => setting.key);
    throw new SpecError(
      `--set ${key}: no such choice on board ${boards.map(({ id }) => `"${id}"`).join(', ')}; there are ` +
        (known.join(', ') || 'none'),
    );
  }
  return boards.map((board) => withSettings(board, choices));
}
