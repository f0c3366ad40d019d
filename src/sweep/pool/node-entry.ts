import { parentPort } from 'node:worker_threads';
import { expose } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { createSweepService } from './service.ts';

expose(createSweepService(), nodeEndpoint(parentPort!));
