import { expect, test } from 'vitest';
import { SpecError } from './errors.ts';
import { loadOptional } from './optional-package.ts';

const missing = (code: string) => () => {
  throw Object.assign(new Error(`Cannot find package 'a' imported from /somewhere/b.js`), { code });
};

test.each(['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'])(
  'a missing package (%s) is named, with its installation',
  async (code) => {
    const loading = loadOptional(
      { feature: 'query', packages: ['@duckdb/node-api@1.5.4-r.1'] },
      missing(code),
    );
    await expect(loading).rejects.toThrow(
      new SpecError(
        'query: needs the package @duckdb/node-api; install it: npm install @duckdb/node-api@1.5.4-r.1',
      ),
    );
  },
);

test('several are named together', async () => {
  const part = { feature: '--queue', packages: ['bullmq@6.7.0', 'ioredis@6.0.0'] };
  await expect(loadOptional(part, missing('ERR_MODULE_NOT_FOUND'))).rejects.toThrow(
    '--queue: needs the packages bullmq and ioredis; install them: npm install bullmq@6.7.0 ioredis@6.0.0',
  );
});

test('what is loaded is passed on, and so is any other error', async () => {
  const part = { feature: 'query', packages: ['a@1.0.0'] };
  expect(await loadOptional(part, () => 7)).toBe(7);
  await expect(loadOptional(part, missing('EACCES'))).rejects.toThrow(/^Cannot find package 'a'/);
});
