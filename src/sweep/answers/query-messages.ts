/** What the process that asks DuckDB and the one that started it say to each other. */

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
  /** Of the whole process that answers; a little more where that is less than it takes before any query. */
  readonly memoryMb: number;
  /** From the first row asked for to the last one given. */
  readonly seconds: number;
}

/** What is asked: a statement over Parquet files. */
export interface Question {
  readonly files: readonly string[];
  readonly sql: string;
  readonly memoryMb: number;
}

/** To the process: a question first, then "next" for each of its answers. */
export type Request = Question | 'next';

/** What stopped a query, in one line: files that cannot be read, the statement, or the engine's own limit of memory. */
export interface Failure {
  readonly failure: string;
  readonly kind: 'results' | 'sql' | 'memory';
}

/** From the process: columns of a question, then rows, and `null` after the last ones. */
export type Answer =
  | { readonly columns: readonly string[] }
  | { readonly rows: readonly (readonly QueryValue[])[] | null }
  | Failure;
