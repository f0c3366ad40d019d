import { loadFurtherRows } from '../boards/libraries/load-further-rows.ts';
import { setFurtherOperators } from './ncc/further-operators.ts';
import { nameInTool } from './ncc/later-operators.ts';
import { FURTHER_OPERATORS } from './ncc/lower-others.ts';
import { setToolNames } from './ncc/tool-names.ts';

/**
 * Lets operators be deployed and priced that the published network does not have, from now on, in this thread. Whatever
 * reads or makes networks of them calls it when it is loaded.
 */
export function enableOperators(): void {
  loadFurtherRows();
  setFurtherOperators(FURTHER_OPERATORS);
  setToolNames(nameInTool);
}
