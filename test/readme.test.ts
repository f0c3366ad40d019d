import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readmeWithSections } from '../scripts/readme-sections.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

it("the README's example output, tables and held-out errors are what the code says (npm run docs)", async () => {
  expect(readme).toBe(await readmeWithSections(readme));
});

it('the README has at most 150 lines', () => {
  expect(readme.split('\n').length).toBeLessThanOrEqual(150);
});
