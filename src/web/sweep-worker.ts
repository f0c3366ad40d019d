import { expose } from 'comlink';
import { createSweepService } from '../sweep/pool/service.ts';

/** What a web worker of a sweep is told by the page's own module. */
export interface SweepWorkerOptions {
  /** Where wasmoon's glue.wasm lies, for boards with costs in Lua. */
  readonly luaWasmUrl?: string;
}

/** Serves a page's sweep from the web worker that calls it; the page has the worker wrapped by `wrapWebWorker`. */
export function serveSweep({ luaWasmUrl }: SweepWorkerOptions = {}): void {
  const enableFormulas = async () => (await import('../script/formulas.ts')).enableFormulas(luaWasmUrl);
  expose(createSweepService({ enableFormulas }));
}
