import { loadNodeRows } from '../boards/libraries/load-node-rows.ts';
import { setKmodelSupport } from './kmodel-support.ts';
import { traceKmodel } from './ncc/kmodel-network.ts';
import { deployKmodel } from './ncc/kmodel-program.ts';

/** Lets kmodels be deployed, and their layers be priced, from now on, in this thread. Whoever reads one calls it. */
export function enableKmodels(): void {
  setKmodelSupport({ trace: traceKmodel, deploy: deployKmodel });
  loadNodeRows();
}
