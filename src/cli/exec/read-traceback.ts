const FRAME = /^ {2}File "(.*)", line (\d+)/;
const MOST_LETTERS = 300;

/** What an interpreter says of an exception: where it was, and what it was. */
export interface Traceback {
  /** The innermost place; absent where none is said. */
  readonly place?: { readonly file: string; readonly line: string };
  /** Type and text, in one line and cut where it is long. */
  readonly what: string;
}

/**
 * Reads "Traceback (most recent call last):", a line for each call, and then the exception, whose own text may have any
 * lines, such as ones that look like the end of another.
 */
export function readTraceback(text: string): Traceback {
  const lines = text.split('\n');
  const start = lines[0].startsWith('Traceback ') ? 1 : 0;
  let end = start;
  while (end < lines.length - 1 && FRAME.test(lines[end])) end++;
  const [, file, line] = (end > start && FRAME.exec(lines[end - 1])) || [];
  const what = lines.slice(end).join('\\n');
  return {
    ...(line !== undefined && { place: { file, line } }),
    what: what.length > MOST_LETTERS ? `${what.slice(0, MOST_LETTERS)}...` : what,
  };
}
