// Starts a worker thread, or a process that is given its entry, from its TypeScript source, where the project runs from its sources.
import process from 'node:process';
import { workerData } from 'node:worker_threads';
import { importSource } from '../../dev-entry.mjs';

await importSource(workerData?.entry ?? process.argv[2]);
