import { SpecError } from '../../errors.ts';
import type { Board } from '../board/board.ts';
import { SETTING_FAMILIES } from './constant-settings.ts';
import { DATA_CACHE } from './core-settings.ts';
import { KPU } from './kpu-settings.ts';
import { COPIES, FIRMWARE, KERNELS, UNRUNNABLE } from './maixpy-settings.ts';
import { MVP } from './mvp-settings.ts';
import { CPU_CONV, DENSE_INPUTS, FLOAT_FC, REFUSED } from './ncc-settings.ts';
import { OPENMV_FIRMWARE } from './openmv-settings.ts';
import { FLAG, KERNEL_LIBRARY, RUNTIME, WEIGHTS } from './run-settings.ts';
import { valueOf, type Setting, type SettingChoices } from './setting.ts';

/** Every setting with a key of its own, in the order in which they are applied. */
export const SETTINGS: readonly Setting[] = [
  RUNTIME,
  ...[CPU_CONV, REFUSED, DENSE_INPUTS, FLOAT_FC],
  ...[FIRMWARE, KERNELS, UNRUNNABLE],
  OPENMV_FIRMWARE,
  ...[DATA_CACHE, KPU, MVP, COPIES],
  ...[KERNEL_LIBRARY, FLAG, WEIGHTS],
];

const byKey: ReadonlyMap<string, Setting> = new Map(SETTINGS.map((setting) => [setting.key, setting]));

/** The setting of a key, one of a family by the id in it; undefined where there is none. */
export function settingByKey(key: string): Setting | undefined {
  const known = byKey.get(key);
  if (known) return known;
  for (const family of SETTING_FAMILIES) {
    const [before, after] = family.key.split('ID') as [string, string];
    const id = key.slice(before.length, key.length - after.length);
    if (id !== '' && key === `${before}${id}${after}`) return family.of(id);
  }
  return undefined;
}

function wordsOf({ key, values, open }: Setting): string {
  return `${key}=${Object.keys(values).join('|')}${open ? `|(${open.form})` : ''}`;
}

/** All keys with their values, on one line. */
function vocabulary(): string {
  const families = SETTING_FAMILIES.map(({ key, of }) => ({ ...of('ID'), key }));
  return [...SETTINGS, ...families].map(wordsOf).join(', ');
}

/**
 * Choices from a text such as "maixpy.firmware=0.6", several with commas. Throws a SpecError of one line that lists the
 * keys and their values for any other.
 */
export function parseSettings(list: string): SettingChoices {
  const choices: Record<string, string> = {};
  for (const text of list.split(',')) {
    const [key, value = ''] = text.split(/=(.*)/s).map((part) => part.trim());
    checkChoice(key, value, text);
    choices[key] = value;
  }
  return choices;
}

function checkChoice(key: string, value: string, text: string): void {
  const setting = settingByKey(key);
  if (setting && valueOf(setting, value)) return;
  throw new SpecError(`--set ${JSON.stringify(text)}: write KEY=VALUE; there are ${vocabulary()}`);
}

/** Choices of a table such as { 'core.dataCache': 'off' }. Throws as `parseSettings` does. */
export function checkSettings(choices: SettingChoices): SettingChoices {
  for (const [key, value] of Object.entries(choices)) checkChoice(key, value, `${key}=${value}`);
  return choices;
}

const placeOf = (key: string): number => {
  const place = SETTINGS.findIndex((setting) => setting.key === key);
  return place < 0 ? SETTINGS.length : place;
};

/** The board with these choices; those that it does not have are left out. */
export function withSettings(board: Board, choices: SettingChoices): Board {
  let configured = board;
  const own: Record<string, string> = {};
  const ordered = Object.entries(choices).sort(([a], [b]) => placeOf(a) - placeOf(b));
  for (const [key, value] of ordered) {
    const setting = settingByKey(key);
    if (!setting?.isFor(board)) continue;
    own[key] = value;
    configured = valueOf(setting, value)?.apply?.(configured) ?? configured;
  }
  if (Object.keys(own).length === 0) return board;
  const { runtime } = configured;
  const chosen = { ...configured, runtime: { ...runtime, settings: { ...runtime.settings, ...own } } };
  return board.calibration ? chosen : { ...chosen, asBuilt: board.asBuilt ?? board };
}

/** Keys of the settings that a board has. */
export function settingKeysOf(board: Board): string[] {
  const ofFamilies = SETTING_FAMILIES.flatMap(({ idsOf, of }) => idsOf(board).map((id) => of(id).key));
  return [...SETTINGS.filter(({ isFor }) => isFor(board)).map(({ key }) => key), ...ofFamilies];
}

/** Every board with the choices that it has. Throws a SpecError for one that none of them has. */
export function configureBoards(boards: readonly Board[], choices: SettingChoices): readonly Board[] {
  for (const key of Object.keys(choices)) {
    if (boards.some((board) => settingByKey(key)!.isFor(board))) continue;
    const known = [...new Set(boards.flatMap(settingKeysOf))];
    throw new SpecError(
      `--set ${key}: no such choice on board ${boards.map(({ id }) => `"${id}"`).join(', ')}; there are ` +
        (known.join(', ') || 'none'),
    );
  }
  return boards.map((board) => withSettings(board, choices));
}
