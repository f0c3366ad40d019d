import { isTrap } from './bytecode/load-micropython.ts';
import { CallbackEnd, StarvedEnd } from './interrupt-calls.ts';
import { SandboxError } from './python-sandbox.ts';
import type { ScriptClock, StoppedBy } from './script-clock.ts';
import type { NewerSyntax } from './newer-syntax.ts';
import { cleanTraceback } from './traceback.ts';

/** Why a run ended, and with what exception. */
export interface Ending {
  readonly stoppedBy: StoppedBy;
  readonly exception?: { readonly type: string; readonly traceback: string };
}

/** What a thing that was thrown out of the guest means for its run. Throws on what is our own mistake. */
export function endingOf(error: unknown, clock: ScriptClock): Ending {
  if (error instanceof CallbackEnd) {
    clock.settle();
    const { type, traceback } = error;
    if (type === 'SystemExit') return { stoppedBy: 'end of script' };
    return { stoppedBy: 'exception', exception: { type, traceback } };
  }
  if (error instanceof StarvedEnd) {
    clock.settle();
    return { stoppedBy: 'interrupts' };
  }
  if (isTrap(error)) return { stoppedBy: clock.stoppedBy ?? clock.settleLimit() };
  if (error instanceof SandboxError || error instanceof RangeError) {
    const traceback =
      error instanceof SandboxError ? error.message : 'RuntimeError: maximum recursion depth exceeded';
    return { stoppedBy: 'exception', exception: { type: 'RuntimeError', traceback } };
  }
  // Lists that change while they are sorted, comparisons of what contains itself: the interpreter has no check for them.
  if (error instanceof WebAssembly.RuntimeError) return broken(error);
  const { name, type, message } = error as { name?: string; type?: string; message: string };
  if (name !== 'PythonError' || type === undefined) throw error;
  if (type === 'SystemExit') {
    clock.settle();
    return { stoppedBy: clock.stoppedBy ?? 'end of script' };
  }
  if (clock.stoppedBy !== undefined) return { stoppedBy: clock.stoppedBy };
  if (type === 'KeyboardInterrupt') return { stoppedBy: clock.settleLimit() };
  clock.settle();
  return { stoppedBy: 'exception', exception: { type, traceback: cleanTraceback(message) } };
}

/** A script that drove the interpreter out of its own memory, which a board answers with a reset or with nonsense. */
function broken({ message }: WebAssembly.RuntimeError): Ending {
  const traceback = `RuntimeError: the interpreter broke down at what the script did (${message})`;
  return { stoppedBy: 'exception', exception: { type: 'RuntimeError', traceback } };
}

/** A script whose syntax the board's compiler does not know ends before it begins. */
export function refusal(script: string, { line, note }: NewerSyntax): Ending {
  const lines = ['Traceback (most recent call last):', `  File "${script}", line ${line}`];
  const traceback = [...lines, `SyntaxError: invalid syntax (${note})`].join('\n');
  return { stoppedBy: 'exception', exception: { type: 'SyntaxError', traceback } };
}
