import { defineCommand, JSON_OPTION } from '../command.ts';
import type { QueryResult, QueryValue } from '../../sweep/answers/query.ts';
import { finiteOrNamed, writeLine, type Io } from '../io.ts';

interface Args {
  readonly folder: string;
  readonly sql: string;
  readonly memory: number;
  readonly maxSeconds: number;
  readonly csv: boolean;
  readonly json: boolean;
}

export const queryCommand = defineCommand<Args>({
  command: 'query <folder> <sql>',
  describe: 'Ask the stored results of a sweep in SQL; the table is called results',
  builder: (yargs) =>
    yargs
      .positional('folder', { type: 'string', demandOption: true, describe: "A sweep's --out folder" })
      .positional('sql', { type: 'string', demandOption: true, describe: 'One select' })
      .options({
        memory: {
          type: 'number',
          default: 1000,
          requiresArg: true,
          describe: 'Limit of memory of the process that answers, in MB',
        },
        'max-seconds': {
          type: 'number',
          default: 60,
          requiresArg: true,
          describe: 'Limit of time, in seconds',
        },
        csv: { type: 'boolean', default: false, describe: 'Print CSV' },
        ...JSON_OPTION,
      })
      .example('$0 query results/ "select board, min(latencyMs) from results group by board"', 'fastest')
      .example('$0 query results/ "describe results"', 'the columns')
      .example('$0 query results/ "select * from results where fits" --csv > fits.csv', 'for other tools'),
  run: async ({ folder, sql, memory, maxSeconds, csv, json }, io) => {
    if (csv && json) {
      const { SpecError } = await import('../../errors.ts');
      throw new SpecError('query: take --csv or --json');
    }
    await requireLimits(memory, maxSeconds);
    const { queryResults } = await import('../../sweep/answers/query.ts');
    const result = await queryResults(folder, sql, { memoryMb: memory, seconds: maxSeconds });
    try {
      if (json) await printJson(result, io);
      else if (csv) await printCsv(result, io);
      else await printTable(result, io);
    } finally {
      result.close();
    }
    return 0;
  },
});

async function requireLimits(memory: number, maxSeconds: number): Promise<void> {
  const { SpecError } = await import('../../errors.ts');
  if (!Number.isInteger(memory) || memory < 1 || memory > 1e6)
    throw new SpecError(`--memory must be a whole number of MB from 1 to 1000000, got ${memory}`);
  if (!(maxSeconds > 0 && maxSeconds <= 86_400))
    throw new SpecError(`--max-seconds must be above 0 and at most 86400, got ${maxSeconds}`);
}

/** Row by row, so that a million need no memory. */
async function printJson({ columns, rows }: QueryResult, io: Io): Promise<void> {
  io.out(`{\n  "columns": ${JSON.stringify(columns)},\n  "rows": [`);
  let separator = '\n    ';
  for await (const some of rows) {
    for (const row of some) {
      const record = Object.fromEntries(columns.map((name, at) => [name, row[at]]));
      io.out(`${separator}${JSON.stringify(record, finiteOrNamed)}`);
      separator = ',\n    ';
    }
  }
  io.out('\n  ]\n}\n');
}

async function printCsv({ columns, rows }: QueryResult, io: Io): Promise<void> {
  const { formatCsv } = await import('../../report/csv.ts');
  const records = (row: readonly QueryValue[]) =>
    Object.fromEntries(columns.map((name, at) => [name, asText(row[at])]));
  io.out(formatCsv([Object.fromEntries(columns.map((name) => [name, name]))]).split('\n')[0] + '\n');
  for await (const some of rows) {
    if (some.length === 0) continue;
    const text = formatCsv(some.map(records));
    io.out(text.slice(text.indexOf('\n') + 1));
  }
}

const MAX_ROWS = 1000;
const MAX_CELL = 1000;

/** What stands in a table, which pads every row to its longest text. */
function shortText(text: string): string {
  if (text.length <= MAX_CELL) return text;
  return `${text.slice(0, MAX_CELL)}... (${text.length} characters; --csv or --json prints all)`;
}

async function printTable({ columns, rows }: QueryResult, io: Io): Promise<void> {
  const { formatTable } = await import('../../report/table.ts');
  const shown: string[][] = [];
  let isNumber: boolean[] = [];
  let count = 0;
  for await (const some of rows) {
    count += some.length;
    for (const row of some.slice(0, MAX_ROWS - shown.length)) {
      if (shown.length === 0) isNumber = row.map((value) => typeof value === 'number');
      shown.push(row.map(asText).map(shortText));
    }
  }
  const titles = columns.map((title, at) => ({
    title,
    align: isNumber[at] ? ('right' as const) : ('left' as const),
  }));
  writeLine(io, formatTable(titles, shown));
  if (count > shown.length)
    writeLine(io, `... ${count - shown.length} more rows; --csv or --json prints all`);
}

function asText(value: QueryValue): string {
  return value === null
    ? ''
    : typeof value === 'object'
      ? JSON.stringify(value, finiteOrNamed)
      : String(value);
}
