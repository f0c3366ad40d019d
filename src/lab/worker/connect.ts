import { wrap, type Remote } from 'comlink';
import { resourceUrl } from './lab-resource.ts';
import type { labService } from './lab-service.ts';

/** The service of the worker, every call a promise. */
export type LabRemote = Remote<typeof labService>;

/** A worker that has answered, and how to end it. */
export interface Connection {
  readonly lab: LabRemote;
  readonly end: () => void;
}

const HANDSHAKE_MS = 5000;

/**
 * Starts the simulation in a worker and waits for its first word: comlink never settles by itself where a worker fails to
 * start. `onLost` is told when it dies later. Rejects with an Error where it does not answer in five seconds.
 */
export async function connect(onLost: (why: string) => void): Promise<Connection> {
  const worker = new Worker(resourceUrl('worker.js'));
  const lab = wrap<typeof labService>(worker);
  let timer = 0;
  const failed = new Promise<never>((_, reject) => {
    const fail = (why: string) => (reject(new Error(why)), onLost(why));
    worker.onerror = ({ message }) => fail(message || 'the worker could not be started');
    timer = window.setTimeout(() => fail('the worker did not answer'), HANDSHAKE_MS);
  });
  await Promise.race([lab.hello(), failed]);
  window.clearTimeout(timer);
  return { lab, end: () => worker.terminate() };
}
