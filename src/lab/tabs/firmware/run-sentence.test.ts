import { expect, test } from 'vitest';
import { endNotes, endSentence, lineOf } from './run-sentence.ts';

const TRACEBACK = [
  'Traceback (most recent call last):',
  '  File "main.py", line 7, in <module>',
  '  File "main.py", line 3, in go',
  '  File "other.py", line 9, in far',
  "NameError: name 'x' isn't defined",
].join('\n');
const END = { simulatedPs: 0, callbackFailures: [], missing: [] };

test('an error is told with the line of the script in which it came up, not with that of a file it called', () => {
  const failed = {
    ...END,
    stoppedBy: 'exception' as const,
    exception: { type: 'NameError', traceback: TRACEBACK },
  };
  expect(lineOf(failed, 'main.py')).toBe(3);
  expect(endSentence(failed, 'main.py')).toBe("Line 3: NameError: name 'x' isn't defined");
});

test('a run that was cut off says why, and what it met', () => {
  const end = { ...END, stoppedBy: 'time limit' as const, missing: ['touchscreen'] };
  expect(endSentence(end, 'main.py')).toBe('Stopped at the time that was chosen');
  expect(endNotes(end)).toEqual(['Not modelled: touchscreen']);
});
