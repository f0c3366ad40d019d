import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { buildPage, compressedBytes } from '../bench/page-bytes.ts';
import { SOURCE_ENTRIES } from './support/source-entries.ts';

const EXAMPLE = fileURLToPath(new URL('../examples/why-six-filters.ts', import.meta.url));
const BY_ID = fileURLToPath(new URL('../bench/boards-by-id.ts', import.meta.url));

test.each([
  ["the README's example", EXAMPLE],
  ['boards by their ids', BY_ID],
])('a page with %s takes at most 60 kB, compressed, and no wasm', async (_, script) => {
  const files = await buildPage(script, SOURCE_ENTRIES);
  expect(files.map(({ name }) => name.split('.').at(-1)).sort()).toEqual(['html', 'js']);
  expect(compressedBytes(files)).toBeGreaterThan(20_000);
  expect(compressedBytes(files)).toBeLessThan(60_000);
});
