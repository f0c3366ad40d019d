import { parentPort } from 'node:worker_threads';
import { expose } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { NODE_FILES, writeSmallSync } from '../store/files.ts';
import { partPath } from '../store/part-names.ts';
import { createSweepService, type KeepPart } from './service.ts';

// Why it cannot is found by the store, which then tries itself.
const keep: KeepPart = (folder, batch, bytes) => {
  try {
    writeSmallSync(NODE_FILES, partPath(folder, batch), bytes);
    return true;
  } catch {
    return false;
  }
};

expose(createSweepService(keep), nodeEndpoint(parentPort!));
