import { setFurtherRows } from './further-rows.ts';
import { nncaseNodeCosts } from './maixpy/nncase-nodes.ts';

/** Prices of layers of a kmodel that the converter of the published bench never writes, from now on and in this thread. */
export function loadNodeRows(): void {
  setFurtherRows({ nodeRows: nncaseNodeCosts });
}
