/** Kinds of mutation; the names are what the list prints. */
export type Kind =
  | 'arithmetic'
  | 'sign'
  | 'bits'
  | 'boundary'
  | 'loop'
  | 'equality'
  | 'condition'
  | 'logic'
  | 'boolean'
  | 'fallback'
  | 'number'
  | 'extreme'
  | 'rounding'
  | 'array'
  | 'statement'
  | 'return';

/** One change of one file: the text between two offsets becomes another. */
export interface Mutant {
  /** Path from the root of the project, with slashes. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly kind: Kind;
  readonly start: number;
  readonly end: number;
  readonly from: string;
  readonly to: string;
  /** The line of the source, trimmed: it names the mutant wherever its file and its line number move. */
  readonly lineText: string;
}

export function applyMutant(source: string, { start, end, to }: Mutant): string {
  return source.slice(0, start) + to + source.slice(end);
}

/** `src/a/b.ts:12 boundary: < -> <=    if (left < right) {`, on one line. */
export function describeMutant({ file, line, kind, from, to, lineText }: Mutant): string {
  return `${file}:${line} ${kind}: ${shorten(from)} -> ${shorten(to)}    | ${shorten(lineText, 2 * MAX_SHOWN)}`;
}

const MAX_SHOWN = 50;

function shorten(text: string, length = MAX_SHOWN): string {
  const flat = text.replace(/\s+/g, ' ');
  return flat.length > length ? `${flat.slice(0, length - 3)}...` : flat;
}
