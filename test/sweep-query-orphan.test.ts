import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { RESULTS_FILE } from '../src/sweep/store/store.ts';
import { needs } from './support/needs.ts';
import { complete } from './support/sweep-complete.ts';
import { newFolder, smallPlan } from './support/sweep-plan.ts';

const duckDb = needs('@duckdb/node-api');
const source = (path: string) => new URL(`../src/sweep/${path}`, import.meta.url);

const ENDLESS = 'with recursive t(n) as (select 1 union all select n + 1 from t) select count(*) from t';

test.skipIf(duckDb.missing)(
  `the process of a query ends with the one that asked, even in an endless query${duckDb.reason}`,
  async () => {
    const folder = join(newFolder(), 'results');
    await complete(smallPlan(4, 4), folder);
    const child = fork(fileURLToPath(source('pool/node-dev.mjs')), [source('answers/query-entry.ts').href], {
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const ask = (sql: string) => child.send({ files: [join(folder, RESULTS_FILE)], sql, memoryMb: 500 });
    ask('select 1 as one');
    const [answer] = (await once(child, 'message')) as [unknown];
    expect(answer).toEqual({ columns: ['one'] });
    ask(ENDLESS);
    child.disconnect();
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
  },
);
