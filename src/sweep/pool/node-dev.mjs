// Starts a worker thread from its TypeScript source, where the project runs from its sources.
import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

register();
await import(workerData.entry);
