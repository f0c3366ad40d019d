const MAX_SHOWN = 60;

/** A name from a file as one short line: quoted, control characters escaped, cut after 60 characters. */
export function quote(text: string): string {
  return JSON.stringify(text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN - 3)}...` : text);
}

/** Any JSON value as one short text; lists and objects by their kind, since they may be deep. */
export function showValue(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  return String(value);
}

/** True for a name that fits one line of a report. */
export function isPlainName(name: string): boolean {
  return name !== '' && name.length <= 256 && !/\p{Cc}/u.test(name);
}
