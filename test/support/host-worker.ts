import { parentPort } from 'node:worker_threads';
import { expose } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { runOnHost } from './host-run.ts';

expose({ runOnHost }, nodeEndpoint(parentPort!));
