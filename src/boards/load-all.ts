import { loadProgramKernels } from './accelerators/load-program-kernels.ts';
import { loadAllRows } from './libraries/load-all-rows.ts';
import { loadScripts } from './runtimes/load-scripts.ts';

/** All that boards may have, from now on and in this thread; whatever lists, keeps or compares whole boards calls it. */
export function loadAll(): void {
  loadAllRows();
  loadScripts();
  loadProgramKernels();
}
