/** What needs Node: threads, folders, Redis, and the guard around a device's script. */
export {
  execScript,
  readGuestFiles,
  readPaperLoop,
  type ExecRequest,
} from '../firmware/guest/exec-script.ts';
export { createNodeRunner, startSweepThread } from '../node/sweep-runner.ts';
export { startNodeTrainingEngine } from '../node/training-engine.ts';
export { queryResults } from '../sweep/answers/query.ts';
export { createQueueRunner } from '../sweep/queue/queue-runner.ts';
export { serveQueue } from '../sweep/queue/queue-worker.ts';
export { readPartResults, readResults } from '../sweep/store/read-results.ts';
export { openStore, type SweepStore } from '../sweep/store/store.ts';
