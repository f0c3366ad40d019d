import { open } from 'node:fs/promises';
import { formatCsv } from '../../report/csv.ts';
import { columnOf, valueAt, type Column, type ResultColumns } from '../../sweep/study/batch.ts';
import type { Io } from '../io.ts';
import { visible } from '../../report/visible-text.ts';
import { replaceBy } from '../replace-file.ts';

type Row = Record<string, number | boolean | string>;

const ROWS_AT_ONCE = 4096;

/** Columns as people read them: the axes, the results, at last whether it failed and why; no index. */
function readableColumns({ columns }: ResultColumns): readonly Column[] {
  const last = ['ok', 'reason'];
  const others = columns.filter(({ name }) => ![...last, 'index'].includes(name));
  return [...others, ...columns.filter(({ name }) => last.includes(name))];
}

function* rowsOf(results: ResultColumns, names: readonly string[]): Generator<Row[]> {
  const columns = names.map((name) => columnOf(results, name));
  for (let from = 0; from < results.rows; from += ROWS_AT_ONCE) {
    const rows = Math.min(ROWS_AT_ONCE, results.rows - from);
    yield Array.from({ length: rows }, (_, at) =>
      Object.fromEntries(columns.map((column) => [column.name, plain(valueAt(column, from + at))])),
    );
  }
}

const plain = (value: number | boolean | string) => (Number.isNaN(value) ? '' : value);

type Write = (text: string) => Promise<void>;

/** Calls `action` with a function that writes to a file, which it replaces at the end, or to standard output for "-". */
async function writing(path: string, io: Io, action: (write: Write) => Promise<void>): Promise<void> {
  if (path === '-') {
    await action((text) => Promise.resolve(io.out(text)));
    return;
  }
  await replaceBy(path, async (beside) => {
    const handle = await open(beside, 'w');
    await action((text) => handle.writeFile(visible(text))).finally(() => handle.close());
  });
}

/** Writes all rows as CSV, a header first. Throws a SpecError of one line where the file cannot be written. */
export async function exportCsv(results: AsyncIterable<ResultColumns>, path: string, io: Io): Promise<void> {
  await writing(path, io, async (write) => {
    let names: string[] | undefined;
    for await (const batch of results) {
      const isFirst = names === undefined;
      names ??= readableColumns(batch).map(({ name }) => name);
      let header = isFirst;
      for (const rows of rowsOf(batch, names)) {
        const text = formatCsv(rows);
        await write(header ? text : text.slice(text.indexOf('\n') + 1));
        header = false;
      }
    }
  });
}

/** Writes all rows as JSON, one a line; what is not known is left out. */
export async function exportJsonRows(
  results: AsyncIterable<ResultColumns>,
  path: string,
  io: Io,
): Promise<void> {
  await writing(path, io, async (write) => {
    for await (const batch of results) {
      const names = readableColumns(batch).map(({ name }) => name);
      for (const rows of rowsOf(batch, names)) await write(`${rows.map(toLine).join('\n')}\n`);
    }
  });
}

const toLine = (row: Row): string =>
  JSON.stringify(Object.fromEntries(Object.entries(row).filter(([, value]) => value !== '')));
