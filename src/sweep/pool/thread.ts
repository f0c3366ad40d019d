import { wrap, type Endpoint, type Remote } from 'comlink';
import {
  FormatError,
  InferscopeError,
  MissingCostError,
  SpecError,
  UnsupportedOpError,
} from '../../errors.ts';
import { ExitWatch } from './exit-watch.ts';

/** A worker that serves `Api`; in Node a worker thread, in a browser a web worker. */
export interface Thread<Api> {
  readonly api: Remote<Api>;
  /** Cut when the thread dies: a call that waits for a dead thread would wait for ever. */
  readonly exit: ExitWatch;
  close(): unknown;
}

/** Makes a thread of what posts messages; `watch` is given the function that tells of its death. */
export function threadOf<Api>(
  endpoint: Endpoint,
  watch: (die: (error: Error) => void) => void,
  close: () => unknown,
): Thread<Api> {
  const exit = new ExitWatch();
  watch((error) => exit.endWith(error));
  return { api: wrap<Api>(endpoint), exit, close };
}

/** Waits for an answer of a thread. Throws what the call throws, as the class that it was, or why the thread died. */
export async function answerOf<T>({ exit }: Pick<Thread<unknown>, 'exit'>, answer: Promise<T>): Promise<T> {
  return exit.hold(answer).catch((error: unknown) => {
    throw error instanceof Error ? reviveError(error) : error;
  });
}

const CLASSES = { InferscopeError, FormatError, SpecError, UnsupportedOpError };

/** An error that crossed a thread keeps its name and message but has lost its class. */
export function reviveError(error: Error): Error {
  if (error instanceof InferscopeError) return error;
  if (error.name === MissingCostError.name) return new InferscopeError(error.message);
  const Class = (CLASSES as Record<string, typeof InferscopeError>)[error.name];
  return Class ? new Class(error.message) : error;
}
