import type { AnyCommand } from './command.ts';
import { nameOf } from './command-words.ts';
import { optionsOf } from './option-names.ts';

/**
 * Words that a shell may put in the place of the last one: commands, ids of boards, options. None where a file is meant, which the
 * shell completes itself. `words` begin with the program's name.
 */
export async function completeWords(
  words: readonly string[],
  commands: readonly AnyCommand[],
): Promise<readonly string[]> {
  const [current = '', before = ''] = [words.at(-1), words.at(-2)];
  if (words.length <= 2) return starting(current, [...commands.map(nameOf), 'help']);
  if (/^(-b|--boards?)$/.test(before)) return boardsFor(current);
  if (!current.startsWith('-')) return [];
  const command = commands.find((one) => nameOf(one) === words[1]);
  return starting(current, command ? optionsOf(command).map((name) => `--${name}`) : []);
}

function starting(current: string, words: readonly string[]): string[] {
  return words.filter((word) => word.startsWith(current));
}

/** The list so far, with each id that its last name may become. */
async function boardsFor(current: string): Promise<string[]> {
  const { BOARD_IDS } = await import('../boards/all-boards.ts');
  const listed = current.slice(0, current.lastIndexOf(',') + 1);
  const words = [...BOARD_IDS, ...(listed === '' ? ['all'] : [])];
  return starting(
    current,
    words.map((id) => listed + id),
  );
}
