/** The module that a worker thread of a sweep runs. */
import { parentPort } from 'node:worker_threads';
import { expose } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { createSweepService, type KeepPart } from '../sweep/pool/service.ts';
import { NODE_FILES, writeSmallSync } from '../sweep/store/store-files.ts';
import { partPath } from '../sweep/store/part-names.ts';

// Why it cannot is found by the store, which then tries itself.
const keep: KeepPart = (folder, batch, bytes) => {
  try {
    writeSmallSync(NODE_FILES, partPath(folder, batch), bytes);
    return true;
  } catch {
    return false;
  }
};

const enableFormulas = async () => (await import('../script/formulas.ts')).enableFormulas();

expose(createSweepService({ keep, enableFormulas }), nodeEndpoint(parentPort!));
