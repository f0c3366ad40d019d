import { describe, expect, test } from 'vitest';
import { endingOf, refusal } from './ending.ts';
import { CallbackEnd } from './interrupt-calls.ts';
import { SandboxError } from './python-sandbox.ts';

/** A clock that tells how often it was settled. */
function clockOf(stoppedBy?: string) {
  const clock = { stoppedBy, settled: 0, settle: () => void clock.settled++, settleLimit: () => 'limit' };
  return clock;
}

const python = (type: string, message = `Traceback\n${type}: no`) =>
  Object.assign(new Error(message), { name: 'PythonError', type });

describe('how a run ended', () => {
  test.each([
    ['SystemExit in a callback', new CallbackEnd('SystemExit', 'x'), { stoppedBy: 'end of script' }],
    [
      'another exception there',
      new CallbackEnd('ValueError', 'trace'),
      { stoppedBy: 'exception', exception: { type: 'ValueError', traceback: 'trace' } },
    ],
    ['SystemExit of the script', python('SystemExit'), { stoppedBy: 'end of script' }],
  ])('%s, with the clock settled', (_, error, ending) => {
    const clock = clockOf();
    expect(endingOf(error, clock as never)).toEqual(ending);
    expect(clock.settled).toBe(1);
  });

  test('what stopped the clock is why, whatever came of it', () => {
    expect(endingOf(python('ValueError'), clockOf('time') as never)).toEqual({ stoppedBy: 'time' });
    expect(endingOf(python('KeyboardInterrupt'), clockOf() as never)).toEqual({ stoppedBy: 'limit' });
  });

  test('a sandbox that says no, and a stack that ends, are exceptions of the script', () => {
    const typeOf = (error: unknown) => endingOf(error, clockOf() as never).exception;
    expect(typeOf(new SandboxError('no'))).toEqual({ type: 'RuntimeError', traceback: 'no' });
    expect(typeOf(new RangeError('stack'))!.traceback).toBe('RuntimeError: maximum recursion depth exceeded');
  });

  test('a trap of the interpreter is an exception of the script too', () => {
    const trap = new WebAssembly.RuntimeError('memory access out of bounds');
    expect(endingOf(trap, clockOf() as never).exception).toEqual({
      type: 'RuntimeError',
      traceback:
        'RuntimeError: the interpreter broke down at what the script did (memory access out of bounds)',
    });
  });

  test('our own mistakes are not its end', () => {
    const mistake = new TypeError('ours');
    expect(() => endingOf(mistake, clockOf() as never)).toThrow(mistake);
  });
});

test('newer syntax is a SyntaxError at its line', () => {
  expect(refusal('a.py', { line: 7, note: 'too new' }).exception).toEqual({
    type: 'SyntaxError',
    traceback:
      'Traceback (most recent call last):\n  File "a.py", line 7\nSyntaxError: invalid syntax (too new)',
  });
});
