import { expect, test } from 'vitest';
import { FormatError, SpecError, UnsupportedOpError } from './errors.ts';

test.each([FormatError, SpecError, UnsupportedOpError])(
  'a %s is told in one line, whatever names of a file it quotes',
  (Kind) => {
    const { message, cause } = new Kind('x: unknown field "a\nb\r\n"', { cause: 7 });
    expect([message, cause]).toEqual(['x: unknown field "a\\nb\\r\\n"', 7]);
  },
);
