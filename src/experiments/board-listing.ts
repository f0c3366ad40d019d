import type { Board } from '../boards/board/board.ts';
import { SETTINGS } from '../boards/settings/all-settings.ts';

/** A board to choose: what it is, and the keys of the choices that it has. */
export interface BoardListing {
  readonly id: string;
  readonly name: string;
  readonly soc: string;
  readonly summary: string;
  readonly hasAccelerator: boolean;
  /** Whether its firmware runs MicroPython scripts. */
  readonly runsScripts: boolean;
  readonly settings: readonly string[];
}

/** A choice of firmware, converter or chip, with what each value means. */
export interface SettingListing {
  readonly key: string;
  readonly help: string;
  readonly standard: string;
  readonly values: readonly { readonly name: string; readonly help: string }[];
}

/** What a chooser needs to know about a board. */
export function listBoard(board: Board): BoardListing {
  const { id, name, soc, summary, units, runtime } = board;
  const settings = SETTINGS.filter((setting) => setting.isFor(board)).map(({ key }) => key);
  const [hasAccelerator, runsScripts] = [
    units.some(({ kind }) => kind === 'kpu'),
    runtime.script !== undefined,
  ];
  return { id, name, soc, summary, hasAccelerator, runsScripts, settings };
}

/** Every choice that any board has, by its key: counterfactuals too. */
export function listSettings(): SettingListing[] {
  return SETTINGS.map(({ key, help, standard, values }) => ({
    ...{ key, help, standard },
    values: Object.entries(values).map(([name, value]) => ({ name, help: value.help })),
  }));
}
