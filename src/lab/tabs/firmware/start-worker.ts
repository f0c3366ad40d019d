import { wrap, type Remote } from 'comlink';
import { resourceText } from '../../worker/lab-resource.ts';
import type { FirmwareService } from './firmware-worker.ts';

/** A worker with a virtual board that is ready to run one script. */
export interface FirmwareWorker {
  readonly service: Remote<FirmwareService>;
  /** Ends it, whatever it is doing. */
  readonly end: () => void;
  /** Rejects when it dies. */
  readonly died: Promise<never>;
}

const READY_MS = 20_000;

/** Imports the module whose text it is sent: a blob's URL that the page made is none that a worker of a file may import. */
const LOADER = `onmessage = ({ data }) => {
  onmessage = null;
  import(URL.createObjectURL(new Blob([data], { type: 'text/javascript' })))
    .catch((error) => postMessage({ failed: String(error) }));
}`;

/**
 * Starts a worker for one script. Its code is a module, and where pages are files, workers are classic scripts only: so the
 * worker is a line that imports it. Rejects with an Error where it does not say that it is ready.
 */
export async function startFirmwareWorker(): Promise<FirmwareWorker> {
  const code = await resourceText('firmware.js');
  const url = URL.createObjectURL(new Blob([LOADER], { type: 'text/javascript' }));
  const worker = new Worker(url);
  worker.postMessage(code);
  const died = new Promise<never>((_, reject) => {
    worker.addEventListener('error', ({ message }) => reject(new Error(message || 'the board stopped')));
  });
  died.catch(() => undefined);
  const ready = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the board did not start')), READY_MS);
    worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (data === 'ready') resolve();
      else if (typeof data === 'object' && data !== null && 'failed' in data)
        reject(new Error(`the board did not start: ${String(data.failed)}`));
      else return;
      clearTimeout(timer);
    });
  });
  const end = () => {
    worker.terminate();
    URL.revokeObjectURL(url);
  };
  try {
    await Promise.race([ready, died]);
  } catch (error) {
    end();
    throw error;
  }
  return { service: wrap<FirmwareService>(worker), end, died };
}
