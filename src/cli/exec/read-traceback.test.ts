import { expect, test } from 'vitest';
import { readTraceback } from './read-traceback.ts';

const HEAD = 'Traceback (most recent call last):\n  File "main.py", line 7, in <module>\n';
const INNER = '  File "lib.py", line 3, in load\n';

test('the innermost place and the exception', () => {
  expect(readTraceback(`${HEAD}${INNER}OSError: [Errno 2] ENOENT`)).toEqual({
    place: { file: 'lib.py', line: '3' },
    what: 'OSError: [Errno 2] ENOENT',
  });
});

test('the text of an exception may look like the end of another', () => {
  const text = 'ValueError: a\n  File "x.py", line 99, in y\nOSError: [Errno 2] ENOENT';
  expect(readTraceback(HEAD + text)).toEqual({
    place: { file: 'main.py', line: '7' },
    what: 'ValueError: a\\n  File "x.py", line 99, in y\\nOSError: [Errno 2] ENOENT',
  });
});

test('an exception without a place, and one whose text is long', () => {
  expect(readTraceback('MemoryError: ')).toEqual({ what: 'MemoryError: ' });
  expect(readTraceback(`${HEAD}ValueError: ${'x'.repeat(1e5)}`).what).toHaveLength(303);
});
