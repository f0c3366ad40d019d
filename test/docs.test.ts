import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { opSupport } from '../scripts/op-support.ts';

it('the table of supported operators is what kernels and boards say (npm run docs writes it anew)', () => {
  expect(readFileSync(new URL('../docs/op-support.md', import.meta.url), 'utf8')).toBe(opSupport());
});

it.each(['sweep-in-threads.ts', 'sweep-in-page/my-worker.ts', 'sweep-in-page/page.ts'])(
  'docs/library.md shows examples/%s as it is',
  (name) => {
    const page = readFileSync(new URL('../docs/library.md', import.meta.url), 'utf8');
    const example = readFileSync(new URL(`../examples/${name}`, import.meta.url), 'utf8');
    expect(page).toContain(`\`\`\`ts\n${example}\`\`\`\n`);
  },
);

it('every module that docs/library.md imports is one that the package exports', () => {
  const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
  const { exports } = JSON.parse(read('package.json')) as { exports: Record<string, unknown> };
  const imported = [...read('docs/library.md').matchAll(/from 'inferscope(\/[^']+)?'/g)];
  const missing = imported.map(([, path = '']) => `.${path}`).filter((path) => !(path in exports));
  expect(missing).toEqual([]);
  expect(imported.length).toBeGreaterThan(3);
});
