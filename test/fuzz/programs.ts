/*
 * Programs that are whole, so that each statement of them is run: where a file of mixed words ends at its first bad one, these
 * catch what a call throws and go on with the next.
 */

/** The bytes of a program of these lines. */
export const programOf = (lines: readonly string[]): Uint8Array =>
  new TextEncoder().encode(`${lines.join('\n')}\n`);

export const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);
