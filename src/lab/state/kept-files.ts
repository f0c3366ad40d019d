import type { Dropped } from '../worker/dropped-files.ts';
import { callWhole, startSimulation } from './lab-simulation.ts';

/** Bytes by name of what the worker was given, for the next one. */
const kept = new Map<string, Uint8Array>();

/** Has the worker read a file; what it took it gets again when it is started again. Rejects with its one line. */
export async function openInWorker(name: string, bytes: Uint8Array): Promise<Dropped> {
  const dropped = await callWhole((lab) => lab.openFile(name, bytes) as Promise<Dropped>);
  kept.set(name, bytes);
  return dropped;
}

/** Starts the simulation again with the files that the lost one had. */
export const restartSimulation = (): Promise<void> =>
  startSimulation(async () => {
    for (const [name, bytes] of kept) await openInWorker(name, bytes);
  });
