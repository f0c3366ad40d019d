import { loadFurtherRows } from '../boards/libraries/load-further-rows.ts';

/**
 * Lets operators be priced that the published network does not have, from now on, in this thread. Whatever reads or makes
 * networks of them calls it when it is loaded.
 */
export function priceOperators(): void {
  loadFurtherRows();
}
