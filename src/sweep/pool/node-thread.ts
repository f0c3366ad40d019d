import { threadOf, type Thread } from './thread.ts';

/**
 * Starts a worker thread from a module beside the caller (`base` is its `import.meta.url`, `name` like
 * "./sweep-entry"), from its TypeScript source where the project runs from its sources.
 */
export async function startNodeThread<Api>(base: string, name: string): Promise<Thread<Api>> {
  const { Worker } = await import('node:worker_threads');
  const { default: nodeEndpoint } = await import('comlink/dist/esm/node-adapter.mjs');
  const isSource = base.endsWith('.ts');
  const entry = new URL(`${name}.${isSource ? 'ts' : 'js'}`, base);
  const worker = new Worker(isSource ? new URL('./node-dev.mjs', import.meta.url) : entry, {
    workerData: { entry: entry.href },
  });
  return threadOf<Api>(
    nodeEndpoint(worker),
    (die) => {
      worker.once('error', die);
      worker.once('exit', (code) => die(new Error(`a worker thread ended with code ${code}`)));
    },
    () => worker.terminate(),
  );
}
