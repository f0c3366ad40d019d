import type { Board } from '../board/board.ts';
import { configureBoards, parseSettings, settingByKey, withSettings } from './all-settings.ts';
import type { SettingChoices } from './setting.ts';

const SEPARATOR = '|';

/** Choices of a text in which a key may have several values, "core.dataCache=off|8KiB": one after another. */
function alternativesOf(text: string): SettingChoices[] {
  const [key = '', values] = text.split(/=(.*)/s);
  if (values === undefined) return [parseSettings(text)];
  return values.split(SEPARATOR).map((value) => parseSettings(`${key}=${value}`));
}

/** A board under some of its choices, its id telling which where there are several to choose from. */
function variant(board: Board, choices: SettingChoices, isNamed: boolean): Board {
  const own = Object.entries(choices).filter(([key]) => settingByKey(key)!.isFor(board));
  const configured = withSettings(board, choices);
  if (!isNamed || own.length === 0) return configured;
  const name = own.map(([key, value]) => `+${key}=${value}`).join('');
  return { ...configured, id: `${board.id}${name}`, name: `${board.name} ${name}` };
}

/**
 * Every board under every combination of choices, of which a key may have several: "core.dataCache=off|8KiB,flag=-Os".
 * A board that lacks a choice stands once. Throws a SpecError for a choice that there is not, or that no board has.
 */
export function boardVariants(boards: readonly Board[], list: string): readonly Board[] {
  return list.split(',').reduce<readonly Board[]>((before, text) => {
    const alternatives = alternativesOf(text);
    alternatives.forEach((choices) => configureBoards(before, choices));
    const isNamed = alternatives.length > 1;
    const all = before.flatMap((board) => alternatives.map((choices) => variant(board, choices, isNamed)));
    return all.filter(({ id }, at) => all.findIndex((other) => other.id === id) === at);
  }, boards);
}
