import { InferscopeError } from '../errors.ts';
import { SANDBOX_NAME } from './prelude.ts';

/** A Lua script that fails or breaks a limit, in one line: `exp.lua:3: what went wrong`. */
export class ScriptError extends InferscopeError {
  override name = 'ScriptError';
}

/** A Lua script that broke a limit, in one line. */
export class ScriptLimitError extends ScriptError {
  override readonly isLimit = true;
}

const MAX_LETTERS = 1000;
// A script's own texts may hold them, and a terminal would obey.
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f-\u009f]/g;

const shortened = (text: string) => (text.length > MAX_LETTERS ? `${text.slice(0, MAX_LETTERS)}...` : text);

/** One line that begins with the script's name and line, whatever position Lua wrote before the text. */
export function placeMessage(text: string, name: string, line: number): string {
  const oneLine = shortened(text.replace(/\s*\n\s*/g, ' ').replace(CONTROL_CHARACTERS, '?'));
  if (oneLine.startsWith(`${name}:`)) return oneLine;
  const bare = oneLine.startsWith(SANDBOX_NAME) ? oneLine.replace(/^\[[^\]]*\]:\d+: /, '') : oneLine;
  return line > 0 ? `${name}:${line}: ${bare}` : `${name}: ${bare}`;
}
