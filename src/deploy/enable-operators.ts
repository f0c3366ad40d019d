import { loadFurtherRows } from '../boards/libraries/load-further-rows.ts';
import { shareWork } from '../kernels/definition/shared-work.ts';
import { setFurtherImports } from './ncc/import-checks.ts';
import { FURTHER_IMPORTS } from './ncc/import-others.ts';
import { setFurtherOperators } from './ncc/further-operators.ts';
import { FURTHER_OPERATORS } from './ncc/lower-others.ts';
import { setShareCounts } from './tflm/share-counts.ts';

/**
 * Lets operators be deployed and priced that the published network does not have, and deep networks be counted fast, from
 * now on, in this thread. Whatever reads or makes such networks calls it when it is loaded.
 */
export function enableOperators(): void {
  loadFurtherRows();
  setFurtherOperators(FURTHER_OPERATORS);
  setFurtherImports(FURTHER_IMPORTS);
  setShareCounts(shareWork);
}
