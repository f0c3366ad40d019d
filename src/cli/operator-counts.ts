import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { COUNT_BARS, validateCounts, type CoreScore } from '../calibrate/counts/validate-counts.ts';
import { FormatError, InferscopeError } from '../errors.ts';
import { formatCountsValidation } from '../report/counts-validation-text.ts';
import { readText } from './inputs.ts';

/** The project's own table, which lies beside the package's manifest in the repository. */
function ownTable(): string {
  const manifest = createRequire(import.meta.url).resolve('inferscope/package.json');
  return join(dirname(manifest), 'data', 'instruction-counts-2.csv');
}

async function readOwnTable(path: string): Promise<string> {
  try {
    return await readText(path);
  } catch (error) {
    if (!(error instanceof InferscopeError)) throw error;
    throw new FormatError(
      `${path} is part of the repository, not of the package; give a table with --measured FILE`,
    );
  }
}

function missesOf({ target, medianPercent, within5Percent }: CoreScore): string[] {
  const misses: string[] = [];
  if (medianPercent > COUNT_BARS.medianPercent)
    misses.push(`${target}: median error (${medianPercent.toFixed(2)}, bar ${COUNT_BARS.medianPercent})`);
  if (within5Percent < COUNT_BARS.within5Percent)
    misses.push(
      `${target}: share of rows within 5 % (${within5Percent.toFixed(2)}, bar ${COUNT_BARS.within5Percent})`,
    );
  return misses;
}

/**
 * The formulas of every core's kernels against counted operators: those of the file `measured`, else of the project's own
 * table. Throws a FormatError of one line for a bad table, and where a package without the project's table is asked for it.
 */
export async function validateCountedOperators(
  { measured }: { readonly measured: string | undefined },
  own = ownTable(),
) {
  const csv = measured === undefined ? await readOwnTable(own) : await readText(measured);
  try {
    const document = validateCounts(csv);
    return {
      document,
      text: () => formatCountsValidation(document),
      misses: document.cores.flatMap(missesOf),
    };
  } catch (error) {
    if (!(error instanceof InferscopeError) || measured === undefined) throw error;
    throw new FormatError(`${measured}: ${error.message}`);
  }
}
