/**
 * The module that the process of a query runs: it answers questions, and ends itself where it takes more memory than it
 * may, whatever its main thread is busy with.
 */
import process from 'node:process';
import { Worker } from 'node:worker_threads';
import { ask, type OpenAnswer } from './query-engine.ts';
import type { Answer, Question, Request } from './query-messages.ts';

const BYTES_PER_MB = 1e6;
/** Share of the memory that DuckDB counts and keeps to; results on their way out are not in its count. */
const ENGINE_SHARE = 0.75;
/** Room for DuckDB's library and the thread that watches, in a limit that is below what they take by themselves. */
const ALONE_MB = 96;

// A thread of its own, for large values keep the main thread busy; in plain JavaScript, for it is started as a text.
const WATCH = `
const { workerData } = require('node:worker_threads');
setInterval(() => {
  if (process.memoryUsage.rss() > workerData.limitBytes) process.kill(process.pid, 'SIGKILL');
}, 10);
`;

let answer: OpenAnswer | undefined;

async function open(question: Question): Promise<Answer> {
  const engineMb = Math.max(1, Math.floor(question.memoryMb * ENGINE_SHARE));
  const limitBytes = Math.max(
    question.memoryMb * BYTES_PER_MB,
    process.memoryUsage.rss() + (ALONE_MB + engineMb) * BYTES_PER_MB,
  );
  new Worker(WATCH, { eval: true, workerData: { limitBytes } });
  const asked = await ask({ ...question, memoryMb: engineMb });
  if ('failure' in asked) return asked;
  answer = asked;
  return { columns: asked.columns };
}

async function reply(request: Request): Promise<Answer> {
  if (request !== 'next') return open(request);
  const rows = await answer!.next();
  return rows !== null && 'failure' in rows ? rows : { rows };
}

process.on('message', (request: Request) => {
  void reply(request).then((said) => process.send!(said));
});
// Whoever asked is gone. An exit would wait for what the engine is at, which may never end.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
