import { wrap, type Remote } from 'comlink';
import { resourceUrl, type ResourceName } from './lab-resource.ts';
import type { labService } from './lab-service.ts';
import type { predictService } from './predict-service.ts';

/** The service of the worker that predicts, every call a promise. */
export type PredictRemote = Remote<typeof predictService>;
/** The service of the worker that does everything. */
export type LabRemote = Remote<typeof labService>;

/** A worker that has answered. */
export interface Connection<R extends PredictRemote = PredictRemote> {
  readonly lab: R;
  /** Rejects with the reason once the worker is gone. */
  readonly died: Promise<never>;
  /** Ends the worker; `died` then rejects with `why`. */
  readonly end: (why: string) => void;
}

const HANDSHAKE_MS = 5000;

/**
 * Starts the simulation in a worker and waits for its first word: comlink never settles by itself where a worker fails to
 * start or ends. The worker holds a lock, which the page is given when it is gone. `onLost` is told of that before anything
 * rejects. Rejects with an Error where it does not answer in five seconds.
 */
async function connect<R extends PredictRemote>(
  resource: ResourceName,
  onLost: (why: string) => void,
): Promise<Connection<R>> {
  const worker = new Worker(resourceUrl(resource));
  const lab = wrap(worker) as unknown as R;
  let end: (why: string) => void = () => undefined;
  const died = new Promise<never>((_, reject) => {
    end = (why) => {
      worker.terminate();
      onLost(why);
      reject(new Error(why));
    };
  });
  died.catch(() => undefined);
  worker.onerror = ({ message }) => end(message || 'the worker could not be started');
  const timer = window.setTimeout(() => end('the worker did not answer'), HANDSHAKE_MS);
  // Pages that came by plain http from another computer have no locks: there only the time limit of a call tells.
  const lock = isSecureContext ? crypto.randomUUID() : undefined;
  const said = await Promise.race([lab.hello(lock) as Promise<string>, died]);
  window.clearTimeout(timer);
  if (lock !== undefined && said === 'held')
    navigator.locks.request(lock, () => end('its worker was ended')).catch(() => undefined);
  return { lab, died, end };
}

/** Starts the worker that predicts: a page needs no more at first. Rejects as said above. */
export const connectPredict = (onLost: (why: string) => void): Promise<Connection> =>
  connect<PredictRemote>('predict-worker.js', onLost);

/** Starts the worker that also reads files, computes and converts. Rejects as said above. */
export const connectLab = (onLost: (why: string) => void): Promise<Connection<LabRemote>> =>
  connect<LabRemote>('worker.js', onLost);
