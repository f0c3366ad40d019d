import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { SpecError } from '../../errors.ts';
import type { Answer, Question, QueryLimits, QueryValue, Request } from './query-messages.ts';

/** The results' files cannot be read; its message says why, in one line. */
export class UnreadableResults extends Error {}

/** A process that answers one question. */
export interface QueryProcess {
  /** Names of the columns. Throws UnreadableResults, or a SpecError of one line. */
  open(question: Question): Promise<readonly string[]>;
  /** The rows that were asked for. Throws a SpecError of one line where the query fails half way. */
  rows(): AsyncGenerator<readonly (readonly QueryValue[])[]>;
  /** Ends the process. */
  close(): void;
}

async function forkEntry(): Promise<ChildProcess> {
  const { fork } = await import('node:child_process');
  const isSource = import.meta.url.endsWith('.ts');
  const entry = new URL(`./query-entry.${isSource ? 'ts' : 'js'}`, import.meta.url);
  const start = isSource ? new URL('../pool/node-dev.mjs', import.meta.url) : entry;
  return fork(fileURLToPath(start), [entry.href], {
    execArgv: [],
    serialization: 'advanced',
    // What the engine or Node say when they die is said in one line by who asked.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
}

const tooSlow = ({ seconds }: QueryLimits) =>
  new SpecError(`query: takes more than ${seconds} s; ask for less, or raise the limit (--max-seconds)`);

const tooLarge = ({ memoryMb }: QueryLimits) =>
  new SpecError(`query: needs more than ${memoryMb} MB; ask for less, or raise the limit (--memory)`);

/** One request after the other; what ends the process is what all of them throw from then on. */
class Conversation {
  readonly #child: ChildProcess;
  readonly #limits: QueryLimits;
  #ended: Error | undefined;
  #waiting: { resolve(answer: Answer): void; reject(error: Error): void } | undefined;

  constructor(child: ChildProcess, limits: QueryLimits) {
    this.#child = child;
    this.#limits = limits;
    child.on('message', (answer: Answer) => this.#waiting?.resolve(answer));
    child.on('error', (error) => this.end(new SpecError(`query: cannot start its engine: ${error.message}`)));
    child.on('exit', (code, signal) => {
      const isMemory = signal === 'SIGKILL' || signal === 'SIGABRT';
      this.end(isMemory ? tooLarge(limits) : new SpecError(`query: its engine ended (${signal ?? code})`));
    });
  }

  /** Ends the process, for this reason unless there is an earlier one. */
  end(reason: Error): void {
    this.#ended ??= reason;
    this.#child.kill('SIGKILL');
    this.#waiting?.reject(this.#ended);
  }

  /** Throws a SpecError of one line, or UnreadableResults. */
  async ask(request: Request): Promise<Answer> {
    if (this.#ended) throw this.#ended;
    const answer = await new Promise<Answer>((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#child.send(request);
    });
    if (!('failure' in answer)) return answer;
    if (answer.kind === 'memory') throw tooLarge(this.#limits);
    throw answer.kind === 'results' ? new UnreadableResults(answer.failure) : new SpecError(answer.failure);
  }
}

/** Starts a process that answers one question within these limits. */
export async function startQueryProcess(limits: QueryLimits): Promise<QueryProcess> {
  const talk = new Conversation(await forkEntry(), limits);
  const clock = setTimeout(() => talk.end(tooSlow(limits)), 1000 * limits.seconds);
  return {
    async open(question) {
      const answer = await talk.ask(question);
      return 'columns' in answer ? answer.columns : [];
    },
    async *rows() {
      for (;;) {
        const answer = await talk.ask('next');
        if (!('rows' in answer) || answer.rows === null) return;
        yield answer.rows;
      }
    },
    close() {
      clearTimeout(clock);
      talk.end(new SpecError('query: was closed'));
    },
  };
}
