/** Exceptions that a host function may raise in the guest; each is a builtin class of MicroPython. */
export type GuestErrorKind =
  | 'OSError'
  | 'ValueError'
  | 'TypeError'
  | 'RuntimeError'
  | 'MemoryError'
  | 'IndexError'
  | 'AttributeError'
  | 'NotImplementedError'
  | 'KeyboardInterrupt';

/**
 * A Python exception that a host function wants its script to see. An exception of JavaScript cannot be caught by the
 * guest, so a host function that throws this answers with a text that `_vhw.py` turns into `raise kind(message)`.
 * `errno` is for an OSError without a text of its own: `OSError(2)` is ENOENT.
 */
export class GuestError extends Error {
  readonly kind: GuestErrorKind;
  readonly errno: number | undefined;

  constructor(kind: GuestErrorKind, message: string, errno?: number) {
    super(message);
    this.kind = kind;
    this.errno = errno;
  }
}

/** First character of an answer that is an exception; no honest answer begins with it. */
const RAISED = '\u0001';

/** The text that stands for an exception between host and guest: mark, class, message or "#errno". */
export function encodeGuestError({ kind, message, errno }: GuestError): string {
  return `${RAISED}${kind}:${errno === undefined ? message : `#${errno}`}`;
}
