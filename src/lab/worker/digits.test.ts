import { expect, test } from 'vitest';
import { exampleInk } from './digits.ts';

test('ink of an example is its bytes, from 0 for paper to 1', () => {
  const text = JSON.stringify({ digits: [Buffer.from([0, 51, 255]).toString('base64')] });
  expect([...exampleInk(0, text)]).toEqual([0, Math.fround(0.2), 1]);
});
