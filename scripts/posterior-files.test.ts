import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { posteriorFiles } from './posterior-files.ts';

it('npm run calibrate changes nothing while boards, tables and mechanisms say the same', async () => {
  const files = await posteriorFiles();
  expect(files.map(({ text }) => text)).toEqual(files.map(({ url }) => readFileSync(url, 'utf8')));
  expect(files.map(({ board }) => board)).toEqual(['maixduino', 'openmv-h7-plus']);
});
