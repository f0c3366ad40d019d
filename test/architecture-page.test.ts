import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { architectureWithSections } from '../scripts/architecture-sections.ts';
import { FREE, layerOf } from './architecture/layers.ts';
import { readSources } from './architecture/source-tree.ts';

const page = readFileSync(new URL('../docs/architecture.md', import.meta.url), 'utf8');

it('docs/architecture.md draws the layers that the architecture test holds (npm run docs)', () => {
  expect(page).toBe(architectureWithSections(page));
});

it('the drawing has an arrow from each layer that may import another, or a way through others', () => {
  const arrows = [...page.matchAll(/^ {2}(\w+) (?:-->|-\.->) (\w+)$/gm)].map(
    ([, from, to]) => `${from} ${to}`,
  );
  expect(arrows).toEqual(expect.arrayContaining(['simulate deploy', 'deploy boards', 'report sweep']));
  expect(arrows).not.toContain('simulate engine');
});

it('docs/architecture.md says what each layer of src/ holds', () => {
  const described = [...page.matchAll(/^\| ((?:`[\w-]+`(?:, )?)+) \| .+ \| `src\/.+` \|$/gm)];
  const layers = described.flatMap(([, names]) => [...names!.matchAll(/[\w-]+/g)].map(([name]) => name));
  const there = new Set(readSources('src').map(({ path }) => layerOf(path)));
  expect(layers.sort()).toEqual([...there].sort());
  expect(layers).toEqual(expect.arrayContaining([...FREE]));
});

it('the point that docs/architecture.md works out by hand is the one in its table', () => {
  expect(page).toContain('point 5 of the grid is 1 0 1, since 5 = 1 x 4 + 0 x 2 + 1');
  expect(page).toContain('| grid | 1 0 1 | 2, 1, openmv-h7-plus |');
});
