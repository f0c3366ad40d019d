import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { contentHash } from './content-hash.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

it('is the SHA-256 of JSON with its keys in order, at every depth', () => {
  const sorted = '{"a":{"x":[{"k":1,"z":2}],"y":null},"b":"é","c":0.5}';
  const content = { c: 0.5, a: { y: null, x: [{ z: 2, k: 1 }] }, b: 'é' };
  expect(contentHash(content)).toBe(sha256(sorted));
  expect(contentHash(JSON.parse(sorted))).toBe(sha256(sorted));
});

it('differs where elements of a list change places, or a value its type', () => {
  const hashes = [
    [1, 2],
    [2, 1],
    ['1', 2],
  ].map((list) => contentHash({ list }));
  expect(new Set(hashes).size).toBe(3);
});
