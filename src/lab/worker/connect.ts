import { wrap, type Remote } from 'comlink';
import { resourceUrl, type ResourceName } from './lab-resource.ts';
import type { labService } from './lab-service.ts';
import type { predictService } from './predict-service.ts';

/** The service of the worker that predicts, every call a promise. */
export type PredictRemote = Remote<typeof predictService>;
/** The service of the worker that does everything. */
export type LabRemote = Remote<typeof labService>;

/** A worker that has answered, and how to end it. */
export interface Connection<R extends PredictRemote = PredictRemote> {
  readonly lab: R;
  readonly end: () => void;
}

const HANDSHAKE_MS = 5000;

/**
 * Starts the simulation in a worker and waits for its first word: comlink never settles by itself where a worker fails to
 * start. `onLost` is told when it dies later. Rejects with an Error where it does not answer in five seconds.
 */
async function connect<R extends PredictRemote>(
  resource: ResourceName,
  onLost: (why: string) => void,
): Promise<Connection<R>> {
  const worker = new Worker(resourceUrl(resource));
  const lab = wrap(worker) as unknown as R;
  let timer = 0;
  const failed = new Promise<never>((_, reject) => {
    const fail = (why: string) => (reject(new Error(why)), onLost(why));
    worker.onerror = ({ message }) => fail(message || 'the worker could not be started');
    timer = window.setTimeout(() => fail('the worker did not answer'), HANDSHAKE_MS);
  });
  await Promise.race([lab.hello() as Promise<string>, failed]);
  window.clearTimeout(timer);
  return { lab, end: () => worker.terminate() };
}

/** Starts the worker that predicts: a page needs no more at first. Rejects as said above. */
export const connectPredict = (onLost: (why: string) => void): Promise<Connection> =>
  connect<PredictRemote>('predict-worker.js', onLost);

/** Starts the worker that also reads files, computes and converts. Rejects as said above. */
export const connectLab = (onLost: (why: string) => void): Promise<Connection<LabRemote>> =>
  connect<LabRemote>('worker.js', onLost);
