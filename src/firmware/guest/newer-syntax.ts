import type { Interpreter } from '../interpreter.ts';

/** Syntax that the firmware's compiler does not know, by the line where it stands first. */
export interface NewerSyntax {
  readonly line: number;
  readonly note: string;
}

/** One token that matters: a comment, a string with its prefix, a name, `:=`, or any other character. */
const TOKEN = /#[^\n]*|([A-Za-z]*)("""|'''|"|')|[A-Za-z_][A-Za-z0-9_]*|:=|[\s\S]/g;

/** Releases of MicroPython in which syntax came. */
const F_STRINGS = { what: 'f-strings', since: [1, 17] } as const;
const WALRUS = { what: 'the operator :=', since: [1, 13] } as const;

/**
 * The first piece of a script that its board's compiler would refuse though the one in here takes it. What stands in strings
 * and comments is no syntax.
 */
export function findNewerSyntax(source: string, interpreter: Interpreter): NewerSyntax | undefined {
  const pattern = new RegExp(TOKEN);
  for (let match = pattern.exec(source); match; match = pattern.exec(source)) {
    const [token, prefix, quote] = match;
    const note = noteOf(token, quote === undefined ? undefined : prefix, interpreter);
    if (note) return { line: source.slice(0, match.index).split('\n').length, note };
    if (quote !== undefined) pattern.lastIndex = endOfString(source, pattern.lastIndex, quote);
  }
  return undefined;
}

function noteOf(token: string, prefix: string | undefined, interpreter: Interpreter): string | undefined {
  if (prefix !== undefined) return /f/i.test(prefix) ? since(F_STRINGS, interpreter) : undefined;
  if (token === ':=') return since(WALRUS, interpreter);
  if (token === 'async' && !interpreter.hasAsync) return 'the firmware is built without async and await';
  return undefined;
}

function since(
  { what, since: [major, minor] }: { what: string; since: readonly [number, number] },
  { micropython: [ownMajor, ownMinor] }: Interpreter,
): string | undefined {
  if (ownMajor > major || (ownMajor === major && ownMinor >= minor)) return undefined;
  return `${what} came with MicroPython ${major}.${minor}, the firmware has ${ownMajor}.${ownMinor}`;
}

function endOfString(source: string, from: number, quote: string): number {
  for (let at = from; at < source.length; at++) {
    if (source[at] === '\\') at++;
    else if (source.startsWith(quote, at)) return at + quote.length;
    else if (quote.length === 1 && source[at] === '\n') return at;
  }
  return source.length;
}
