import { MAIXPY_SCRIPT } from './maixpy-script.ts';
import { OPENMV_SCRIPT } from './openmv-script.ts';
import { setScripts } from './scripts.ts';

/** What scripts cost on boards, from now on and in this thread; whatever runs or lists scripts calls it when it is loaded. */
export function loadScripts(): void {
  setScripts({ maixpy: MAIXPY_SCRIPT, openmv: OPENMV_SCRIPT });
}
