import { furtherRows } from '../further-rows.ts';
import type { CountedTable } from '../counted-table.ts';
import { withPublished } from './published-forms.ts';

/** The table of a build: the kernels of the published network, and the others once they are loaded. */
// @__NO_SIDE_EFFECTS__
export function publishedTable(build: string, published: CountedTable): () => CountedTable {
  return () => {
    const further = furtherRows().tables?.[build];
    return further ? { ...further, lines: withPublished(further.lines, published.lines) } : published;
  };
}
