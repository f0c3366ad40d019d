import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { opSupport } from '../scripts/op-support.ts';

it('the table of supported operators is what kernels and boards say (npm run docs writes it anew)', () => {
  expect(readFileSync(new URL('../docs/op-support.md', import.meta.url), 'utf8')).toBe(opSupport());
});
