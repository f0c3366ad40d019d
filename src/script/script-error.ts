import { InferscopeError } from '../errors.ts';
import { SANDBOX_NAME } from './prelude.ts';

/** A Lua script that fails or breaks a limit, in one line: `exp.lua:3: what went wrong`. */
export class ScriptError extends InferscopeError {
  override name = 'ScriptError';
}

/** One line that begins with the script's name and line, whatever position Lua wrote before the text. */
export function placeMessage(text: string, name: string, line: number): string {
  const oneLine = text.replace(/\s*\n\s*/g, ' ');
  if (oneLine.startsWith(`${name}:`)) return oneLine;
  const bare = oneLine.startsWith(SANDBOX_NAME) ? oneLine.replace(/^\[[^\]]*\]:\d+: /, '') : oneLine;
  return line > 0 ? `${name}:${line}: ${bare}` : `${name}: ${bare}`;
}
