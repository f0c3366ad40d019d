import type { DuckDBConnection, DuckDBPreparedStatement, JS } from '@duckdb/node-api';
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { SpecError } from '../../errors.ts';
import { loadOptional } from '../../optional-package.ts';
import { NODE_FILES } from '../store/store-files.ts';
import { HEADER_FILE, readHeader } from '../store/header.ts';
import { batchOfPart, PARTS_FOLDER } from '../store/part-names.ts';
import { areResultsIntact } from '../store/read-results.ts';
import { RESULTS_FILE } from '../store/store.ts';

/** What a query may give: bigints that fit are numbers, others words; times and nested values are words or plain data. */
export type QueryValue = null | boolean | number | string | readonly QueryValue[] | QueryObject;
export interface QueryObject {
  readonly [name: string]: QueryValue;
}

export interface QueryResult {
  readonly columns: readonly string[];
  /** Rows, some thousands at a time. Throws a SpecError of one line where the query fails half way. */
  readonly rows: AsyncIterable<readonly (readonly QueryValue[])[]>;
  close(): void;
}

/** What one query may take. */
export interface QueryLimits {
  readonly memoryMb: number;
  readonly seconds: number;
}

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

const DUCKDB = { feature: 'query', packages: ['@duckdb/node-api@1.5.4-r.1'] };

const loadDuckDb = () => loadOptional(DUCKDB, () => import('@duckdb/node-api'));

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** Shows the files as the table `results`, and then nothing else of this machine. */
async function openSandbox(
  connection: DuckDBConnection,
  files: readonly string[],
  memoryMb: number,
): Promise<void> {
  const list = `[${files.map(quoted).join(', ')}]`;
  await connection.run(`SET memory_limit = '${memoryMb}MB'`);
  await connection.run("SET temp_directory = ''");
  await connection.run(`SET allowed_paths = ${list}`);
  await connection.run('SET autoinstall_known_extensions = false');
  await connection.run('SET autoload_known_extensions = false');
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
  await connection.run(`CREATE VIEW results AS SELECT * FROM read_parquet(${list})`);
}

// Of DuckDB's statement types the only one that cannot write; `explain analyze` runs what it explains.
const SELECT = 1;

async function prepareOnly(connection: DuckDBConnection, sql: string): Promise<DuckDBPreparedStatement> {
  const statements = sql.trim() === '' ? undefined : await connection.extractStatements(sql);
  if (statements?.count !== 1) throw new SpecError('query: write one statement');
  const statement = await statements.prepare(0);
  if (statement.statementType !== SELECT) {
    throw new SpecError('query: only select can be asked; the results stay as they are');
  }
  return statement;
}

/** An error of the engine as one line: its first, the rest is a drawing of where. */
function explainSql(error: unknown, { memoryMb, seconds }: QueryLimits): unknown {
  if (!(error instanceof Error) || error instanceof SpecError) return error;
  if (error.message.startsWith('INTERRUPT'))
    return new SpecError(
      `query: takes more than ${seconds} s; ask for less, or raise the limit (--max-seconds)`,
    );
  if (error.message.startsWith('Out of Memory'))
    return new SpecError(
      `query: needs more than ${memoryMb} MB; ask for less, or raise the limit (--memory)`,
    );
  const [first = ''] = error.message.split('\n').filter((line) => line.trim() !== '');
  const hint = /^(Did you mean|Candidate bindings).*/m.exec(error.message)?.[0];
  return new SpecError(
    `query: ${first.replace(/^Failed to extract statements: /, '')}${hint && hint !== first ? ` ${hint}` : ''}`,
  );
}

function plainValue(value: JS): QueryValue {
  if (typeof value === 'bigint') {
    return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  }
  if (value === undefined || value === null) return null;
  if (typeof value !== 'object') return value;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (Array.isArray(value)) return value.map((item) => plainValue(item));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plainValue(item)]));
}

/**
 * Asks the results of a sweep, finished or not, as the table `results`, in SQL. The database lives in memory, and the
 * statement sees no other file. Throws a SpecError of one line for a folder without results, for wrong SQL, and where it
 * runs into a limit.
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
  const { DuckDBInstance } = await loadDuckDb();
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  // From the first row asked for to the last one given; who reads them slowly pays for it too.
  const clock = setTimeout(() => connection.interrupt(), 1000 * limits.seconds);
  const close = () => {
    clearTimeout(clock);
    connection.closeSync();
    instance.closeSync();
  };
  try {
    await openSandbox(connection, files, limits.memoryMb).catch((error: Error) => {
      throw new SpecError(`${folder}: its results cannot be read: ${error.message.split('\n')[0]}${remedy}`);
    });
    const result = await (await prepareOnly(connection, sql)).stream();
    const rows = async function* () {
      try {
        for await (const some of result.yieldRowsJs()) yield some.map((row) => row.map(plainValue));
      } catch (error) {
        throw explainSql(error, limits);
      }
    };
    return { columns: result.deduplicatedColumnNames(), rows: rows(), close };
  } catch (error) {
    close();
    throw explainSql(error, limits);
  }
}
