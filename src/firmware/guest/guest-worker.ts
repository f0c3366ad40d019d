import { parentPort } from 'node:worker_threads';
import { expose, transfer } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import type { GuestRequest } from './guest-request.ts';
import { runInColumns, type GuestColumns } from './run-in-columns.ts';

const api = {
  /**
   * Runs one script; `heartbeat[0]` counts its heartbeats, `heartbeat[1]` is 1 while the board works for it, `heartbeat[2]` is
   * set to 1 to end it. `module` is MicroPython as the host process has compiled it. One script at a time, and none after
   * one that threw.
   */
  async run(request: GuestRequest, heartbeat: Int32Array, module: WebAssembly.Module): Promise<GuestColumns> {
    const onProgress = (isInside: boolean) => {
      Atomics.add(heartbeat, 0, 1);
      Atomics.store(heartbeat, 1, Number(isInside));
    };
    const isInterrupted = () => Atomics.load(heartbeat, 2) === 1;
    const result = await runInColumns(request, { onProgress, isInterrupted, module });
    // The result is on its way: nothing is stuck any more.
    Atomics.store(heartbeat, 1, 1);
    const { columns, displayPng } = result;
    const buffers = [columns.edgesPs.buffer, columns.edges.buffer];
    return transfer(result, displayPng ? [...buffers, displayPng.buffer] : buffers);
  },
};

export type GuestWorkerApi = typeof api;

expose(api, nodeEndpoint(parentPort!));
