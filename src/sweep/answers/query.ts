import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { SpecError } from '../../errors.ts';
import { NODE_FILES } from '../store/store-files.ts';
import { HEADER_FILE, readHeader } from '../store/header.ts';
import { batchOfPart, PARTS_FOLDER } from '../store/part-names.ts';
import { areResultsIntact } from '../store/read-results.ts';
import { RESULTS_FILE } from '../store/store.ts';
import { startQueryProcess, UnreadableResults } from './query-process.ts';
import type { QueryLimits, QueryResult } from './query-messages.ts';

export type { QueryLimits, QueryObject, QueryResult, QueryValue } from './query-messages.ts';

export const QUERY_LIMITS: QueryLimits = { memoryMb: 1000, seconds: 60 };

interface Found {
  readonly files: readonly string[];
  /** What mends a file that is damaged. */
  readonly remedy: string;
}

/**
 * The Parquet files of a store: the merged one, or the parts of a sweep that is not finished. Throws a SpecError or
 * FormatError of one line where there are none, or none that this version reads.
 */
async function findFiles(folder: string): Promise<Found> {
  const found = await stat(folder).catch(() => undefined);
  if (!found) throw new SpecError(`${folder}: there is no such folder; name the --out folder of a sweep`);
  if (found.isFile()) return { files: [resolve(folder)], remedy: '' };
  if (!(await stat(join(folder, HEADER_FILE)).catch(() => undefined)))
    throw new SpecError(
      `${folder}: holds no results of a sweep (no ${HEADER_FILE}); name its --out folder or a Parquet file`,
    );
  await readHeader(NODE_FILES, folder);
  const merged = join(folder, RESULTS_FILE);
  if (await stat(merged).catch(() => undefined))
    return { files: [resolve(merged)], remedy: '; delete it and run the sweep again with --resume' };
  const names = await readdir(join(folder, PARTS_FOLDER)).catch(() => []);
  const parts = names.filter((name) => batchOfPart(name) !== undefined).sort();
  const files = parts.map((name) => resolve(folder, PARTS_FOLDER, name));
  if (files.length > 0) return { files, remedy: '; run the sweep again with --resume' };
  throw new SpecError(`${folder}: holds no results yet (no ${RESULTS_FILE}, no finished batches)`);
}

/**
 * Asks the results of a sweep, finished or not, as the table `results`, in SQL. The database lives in the memory of a
 * process of its own, which ends at a limit, and the statement sees no other file. Throws a SpecError of one line for a
 * folder without results, for wrong SQL, and where it runs into a limit.
 */
export async function queryResults(
  folder: string,
  sql: string,
  limits: QueryLimits = QUERY_LIMITS,
): Promise<QueryResult> {
  const { files, remedy } = await findFiles(folder);
  // The engine itself would give numbers out of a file that is damaged.
  for (const file of files) {
    if (await areResultsIntact(file)) continue;
    throw new SpecError(
      `${folder}: its results cannot be read: ${file} is damaged or no Parquet file${remedy}`,
    );
  }
  const engine = await startQueryProcess(limits);
  try {
    const columns = await engine.open({ files, sql, memoryMb: limits.memoryMb });
    return { columns, rows: engine.rows(), close: engine.close };
  } catch (error) {
    engine.close();
    if (!(error instanceof UnreadableResults)) throw error;
    throw new SpecError(`${folder}: its results cannot be read: ${error.message}${remedy}`);
  }
}
