import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { pageBytes } from '../bench/page-bytes.ts';

const path = (file: string) => fileURLToPath(new URL(`../${file}`, import.meta.url));

test("a page with the README's example takes at most 60 kB, compressed", async () => {
  const bytes = await pageBytes(path('examples/why-six-filters.ts'), { inferscope: path('src/index.ts') });
  expect(bytes).toBeGreaterThan(20_000);
  expect(bytes).toBeLessThan(60_000);
});
