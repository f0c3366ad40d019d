import type { DuckDBConnection, DuckDBPreparedStatement, JS } from '@duckdb/node-api';
import { SpecError } from '../../errors.ts';
import { loadOptional } from '../../optional-package.ts';
import type { Failure, Question, QueryValue } from './query-messages.ts';

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
function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof SpecError) return { failure: message, kind: 'sql' };
  const outOfMemory = /^(Out of Memory|Cannot create a string longer|Array buffer allocation failed)/;
  if (outOfMemory.test(message)) return { failure: message, kind: 'memory' };
  const [first = ''] = message.split('\n').filter((line) => line.trim() !== '');
  const hint = /^(Did you mean|Candidate bindings).*/m.exec(message)?.[0];
  const what = first.replace(/^Failed to extract statements: /, '');
  return { failure: `query: ${what}${hint && hint !== first ? ` ${hint}` : ''}`, kind: 'sql' };
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

/** An answer in hand: the next rows, or null after the last ones. */
export interface OpenAnswer {
  readonly columns: readonly string[];
  next(): Promise<readonly (readonly QueryValue[])[] | null | Failure>;
}

/** Asks DuckDB, in the process that it is called in. What goes wrong is given as a failure, not thrown. */
export async function ask({ files, sql, memoryMb }: Question): Promise<OpenAnswer | Failure> {
  try {
    const { DuckDBInstance } = await loadDuckDb();
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const refused = await openSandbox(connection, files, memoryMb).catch((error: Error) => error);
    if (refused) return { failure: refused.message.split('\n')[0]!, kind: 'results' };
    const result = await (await prepareOnly(connection, sql)).stream();
    const pieces = result.yieldRowsJs()[Symbol.asyncIterator]();
    const next = async () => {
      try {
        const piece = await pieces.next();
        return piece.done === true ? null : piece.value.map((row) => row.map(plainValue));
      } catch (error) {
        return failureOf(error);
      }
    };
    return { columns: result.deduplicatedColumnNames(), next };
  } catch (error) {
    return failureOf(error);
  }
}
