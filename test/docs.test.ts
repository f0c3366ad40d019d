import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { libraryWithExamples } from '../scripts/library-sections.ts';
import { opSupport } from '../scripts/op-support.ts';
import { settingsPage } from '../scripts/settings-page.ts';

it('the table of supported operators is what kernels and boards say (npm run docs writes it anew)', () => {
  expect(readFileSync(new URL('../docs/op-support.md', import.meta.url), 'utf8')).toBe(opSupport());
});

it('docs/settings.md is what the registry says, with the readings of the paper under each release (npm run docs writes it anew)', () => {
  expect(readFileSync(new URL('../docs/settings.md', import.meta.url), 'utf8')).toBe(settingsPage());
});

it.each(['sweep-in-threads.ts', 'sweep-in-page/my-worker.ts', 'sweep-in-page/page.ts'])(
  'docs/library.md shows examples/%s as it is',
  (name) => {
    const page = readFileSync(new URL('../docs/library.md', import.meta.url), 'utf8');
    const example = readFileSync(new URL(`../examples/${name}`, import.meta.url), 'utf8');
    expect(page).toContain(`\`\`\`ts\n${example}\`\`\`\n`);
  },
);

it('docs/library.md shows its examples as they are, and what they print (npm run docs writes them anew)', async () => {
  const page = readFileSync(new URL('../docs/library.md', import.meta.url), 'utf8');
  expect(page).toBe(await libraryWithExamples(page));
});

it('docs/library.md describes each module that the package exports, and imports no other', () => {
  const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
  const { exports } = JSON.parse(read('package.json')) as { exports: Record<string, unknown> };
  const page = read('docs/library.md');
  const described = [...page.matchAll(/^\| `inferscope(\/[^`]+)?` \|/gm)].map(([, path = '']) => `.${path}`);
  expect(described.sort()).toEqual(
    Object.keys(exports)
      .filter((path) => path !== './package.json')
      .sort(),
  );
  const imported = [...page.matchAll(/from 'inferscope(\/[^']+)?'/g)].map(([, path = '']) => `.${path}`);
  expect(imported.filter((path) => !(path in exports))).toEqual([]);
  // Each but for the thread that most do without has an example.
  expect(Object.keys(exports).filter((path) => !imported.includes(path))).toEqual([
    './firmware',
    './package.json',
  ]);
});
