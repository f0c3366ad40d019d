const MAX_SHOWN = 60;

/** A name from a file as one short line: quoted, control characters escaped, cut after 60 characters. */
export function quote(text: string): string {
  return JSON.stringify(text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN - 3)}...` : text);
}
