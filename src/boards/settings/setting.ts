import type { Board, Grade } from '../board/board.ts';

/** One value that a setting may have. */
export interface SettingValue {
  readonly help: string;
  readonly source: string;
  readonly grade: Grade;
  /** The board with it; absent where whoever reads the setting does all that there is to do. */
  readonly apply?: (board: Board) => Board;
}

/** What is needed to ask which value of a setting holds. */
export interface Choice {
  /** Whose it is and what: "maixpy.firmware". */
  readonly key: string;
  /** Name of the value that holds where nothing is said. */
  readonly standard: string;
}

/** A named choice about a board, its firmware or its converter that is no number of the board's file. */
export interface Setting extends Choice {
  readonly help: string;
  /** Why the standard is the standard. */
  readonly why: string;
  readonly values: Readonly<Record<string, SettingValue>>;
  /** Values beside the named ones: how they are written, and what a text means; undefined where it is none of them. */
  readonly open?: { readonly form: string; readonly read: (text: string) => SettingValue | undefined };
  /** Whether a board has this choice. */
  readonly isFor: (board: Board) => boolean;
}

/** Settings whose key holds the id of one of the board's parts: "memories.ID.accessNs". */
export interface SettingFamily {
  /** With ID where the id stands. */
  readonly key: string;
  readonly idsOf: (board: Board) => readonly string[];
  readonly of: (id: string) => Setting;
}

/** The value of a setting that a text names; undefined where it is none. */
export function valueOf({ values, open }: Setting, text: string): SettingValue | undefined {
  return Object.hasOwn(values, text) ? values[text] : open?.read(text);
}

/** Values of settings by key, as a user gave them. */
export type SettingChoices = Readonly<Record<string, string>>;

/** What was chosen, or what holds where nothing was. */
export function settingOf({ runtime }: Board, { key, standard }: Choice): string {
  return runtime.settings?.[key] ?? standard;
}
