import { readdirSync } from 'node:fs';
import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { sweep } from '../src/sweep/run-sweep.ts';
import { openStore } from '../src/sweep/store/store.ts';
import { needs } from './support/needs.ts';
import { runCommand, runJson } from './support/run-command.ts';
import { schemaErrors } from './support/schemas.ts';
import { complete } from './support/sweep-complete.ts';
import { newFolder, smallPlan } from './support/sweep-plan.ts';

const duckDb = needs('@duckdb/node-api');

const plan = smallPlan(10, 24);
const folder = join(newFolder(), "it's finished");
const unfinished = join(newFolder(), 'unfinished');

beforeAll(async () => {
  await complete(plan, folder);
  const begun = await openStore(unfinished, plan);
  for await (const { batch } of sweep(plan, { store: begun })) if (batch === 1) break;
});

const ask = async (sql: string, ...more: string[]) => runCommand('query', folder, sql, ...more);

describe.skipIf(duckDb.missing)(`results asked in SQL${duckDb.reason}`, () => {
  it('as a table', async () => {
    const { code, out } = await ask(
      'select kernel, count(*) as n from results group by kernel order by kernel limit 2',
    );
    expect(code).toBe(0);
    expect(out.split('\n').map((line) => line.trim().replace(/ +/g, ' '))).toEqual([
      'kernel n',
      '------ --',
      '1 20',
      '3 20',
      '',
    ]);
  });

  it('as CSV, quoted where it must be', async () => {
    const { out } = await ask(`select 'a,"b"' as t, null as n, max("index") as last from results`, '--csv');
    expect(out).toBe('t,n,last\n"a,""b""",,79\n');
  });

  it('as CSV without rows', async () => {
    expect((await ask('select kernel, board from results where false', '--csv')).out).toBe('kernel,board\n');
  });

  it('as JSON by its schema, whole numbers exact', async () => {
    const sql =
      'select 9007199254740993 as big, sum("index") as total, [1, 2] as list, date \'2020-02-03\' as day from results';
    const document = await runJson('query', folder, sql);
    expect(schemaErrors('query', document)).toEqual([]);
    expect(document).toEqual({
      columns: ['big', 'total', 'list', 'day'],
      rows: [{ big: '9007199254740993', total: 3160, list: [1, 2], day: '2020-02-03T00:00:00.000Z' }],
    });
  });

  it('of a sweep that is not finished, as far as it is', async () => {
    const { out } = await runCommand('query', unfinished, 'select count(*) as n from results', '--csv');
    expect(out).toBe('n\n48\n');
  });

  it('a long answer is cut as a table, not as CSV', async () => {
    const sql = 'select a.range as x from range(1500) a';
    expect((await ask(sql)).out).toMatch(/\n\.\.\. 500 more rows; --csv or --json prints all\n$/);
    expect((await ask(sql, '--csv')).out.split('\n')).toHaveLength(1502);
  });

  it('as a table whose texts are cut, for every row is as wide as the widest', async () => {
    const { out } = await ask("select repeat('a', 200000) as t, 1 as n");
    expect(out).toContain('aaa... (200000 characters; --csv or --json prints all)');
    expect(out.length).toBeLessThan(5000);
  });

  it.each([
    ['selec 1', /^query: Parser Error: syntax error at or near "selec"$/],
    ['select nope from results', /^query: Binder Error: Referenced column "nope" not found/],
    ['select * from nowhere', /^query: Catalog Error: Table with name nowhere does not exist/],
    ["select error('late') from results", /^query: Invalid Input Error: late$/],
    ['select 1; select 2', /^query: write one statement$/],
    ['  ', /^query: write one statement$/],
  ])('%s: one line', async (sql, message) => {
    const { code, out, err } = await ask(sql);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.replace(/^inferscope: |\n$/g, '')).toMatch(message);
  });

  it.each([
    [
      ['--max-seconds', '0.2'],
      'select count(*) from range(100000000000) a',
      /takes more than 0.2 s; ask for less/,
    ],
    [['--memory', '50'], 'select list(range) from range(100000000)', /needs more than 50 MB; ask for less/],
    // A value that the engine does not count among its memory.
    [['--memory', '200'], "select repeat('x', 2000000000)", /needs more than 200 MB; ask for less/],
    [['--memory', '0'], 'select 1', /--memory must be a whole number of MB from 1 to 1000000, got 0/],
  ])('%j: a query that runs into a limit ends with one line', async (options, sql, message) => {
    const { code, err } = await ask(sql, ...options);
    expect([code, err]).toEqual([2, expect.stringMatching(message)]);
    expect(err.split('\n')).toHaveLength(2);
  });

  it('what is no finite number is named in JSON, and never null', async () => {
    const { out } = await ask(
      "select 1.0::double / 0 as a, 'nan'::double as b from results limit 1",
      '--json',
    );
    expect(JSON.parse(out)).toMatchObject({ rows: [{ a: 'Infinity', b: 'NaN' }] });
  });

  it.each([
    "select * from read_csv('FOLDER/secret.csv')",
    "select * from read_text('FOLDER/secret.csv')",
    "select * from 'FOLDER/secret.csv'",
    "select * from read_parquet('FOLDER/../**')",
    "select * from glob('FOLDER/*')",
    "copy results to 'FOLDER/out.csv'",
    "copy (select 1) to 'FOLDER/results.parquet' (format parquet)",
    "explain analyze copy (select 1) to 'FOLDER/results.parquet' (format parquet)",
    "export database 'FOLDER/db'",
    "attach 'FOLDER/x.db'",
    'set enable_external_access = true',
    'install httpfs',
    'load httpfs',
    'drop view results',
    'create table t as select * from results',
  ])('%s: refused, and nothing is read or written', async (sql) => {
    await writeFile(join(folder, 'secret.csv'), 'a,b\nsecret,1\n');
    const before = [readdirSync(folder), await readFile(join(folder, 'results.parquet'))];
    const { code, out, err } = await ask(sql.replaceAll('FOLDER', folder.replaceAll("'", "''")));
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^inferscope: query: [^\n]+\n$/);
    expect([readdirSync(folder), await readFile(join(folder, 'results.parquet'))]).toEqual(before);
  });

  it.each([
    ['results', (bytes: Uint8Array) => Math.floor(bytes.length / 3)],
    ['a footer', (bytes: Uint8Array) => bytes.length - 400],
  ])('%s with a byte that is not as it was written: one line, and no numbers', async (_what, placeOf) => {
    const damaged = join(newFolder(), 'damaged');
    await complete(plan, damaged);
    const path = join(damaged, 'results.parquet');
    const bytes = await readFile(path);
    bytes[placeOf(bytes)]! ^= 1;
    await writeFile(path, bytes);
    const { code, out, err } = await runCommand('query', damaged, 'select sum(latencyMs) from results');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(
      /results.parquet is damaged [^\n]*; delete it and run the sweep again with --resume\n$/,
    );
  });

  it('a store of another version: one line', async () => {
    const other = join(newFolder(), 'other');
    await complete(plan, other);
    const header = await readFile(join(other, 'sweep.json'), 'utf8');
    await writeFile(join(other, 'sweep.json'), header.replace(/"formatVersion": \d+/, '"formatVersion": 99'));
    const { code, err } = await runCommand('query', other, 'select 1');
    expect(code).toBe(2);
    expect(err).toMatch(
      /^[^\n]*sweep.json: a store of version 99, this inferscope reads version \d+[^\n]*\n$/,
    );
  });

  it('a part that a loss of power has torn: one line that says what mends it', async () => {
    const torn = join(newFolder(), 'torn');
    for await (const { batch } of sweep(plan, { store: await openStore(torn, plan) })) if (batch === 1) break;
    await truncate(join(torn, 'parts', 'batch-00000000.parquet'), 100);
    const { code, err } = await runCommand('query', torn, 'select 1');
    expect(code).toBe(2);
    expect(err).toMatch(/^[^\n]*batch-00000000.parquet[^\n]*; run the sweep again with --resume\n$/);
  });

  it.each([
    ['/nowhere', 'there is no such folder; name the --out folder of a sweep'],
    ['src', 'holds no results of a sweep (no sweep.json)'],
    ['package.json', 'its results cannot be read: '],
  ])('%s: one line', async (path, message) => {
    const { code, err } = await runCommand('query', path, 'select 1');
    expect(code).toBe(2);
    expect(err).toContain(`inferscope: ${path}: ${message}`);
    expect(err.trimEnd()).not.toContain('\n');
  });
});
