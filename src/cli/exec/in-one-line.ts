import { visibleLine } from '../../report/visible-text.ts';
import type { Io } from '../io.ts';

/**
 * Does what tells one thing after the other on stderr, and prints all of it as one line, also where it throws. Names before a
 * colon that stand at the beginning of the line already are not repeated.
 */
export async function inOneLine<T>(
  io: Io,
  names: readonly string[],
  action: (io: Io) => Promise<T>,
): Promise<T> {
  const told: string[] = [];
  try {
    return await action({ ...io, err: (text) => void told.push(visibleLine(text.trimEnd())) });
  } finally {
    const [first, ...others] = told;
    if (first !== undefined)
      io.err(`${[first, ...others.map((text) => withoutName(text, names))].join('; ')}\n`);
  }
}

function withoutName(text: string, names: readonly string[]): string {
  const name = names.find((one) => text.startsWith(`${one}: `));
  return name === undefined ? text : text.slice(name.length + 2);
}
