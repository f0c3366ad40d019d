import { expect, test } from 'vitest';
import { fromHex, toHex } from './host-module.ts';

test('bytes cross as pairs of hex digits, small ones with their zero, and come back', () => {
  const bytes = Uint8Array.of(0, 1, 15, 16, 171, 255);
  expect(toHex(bytes)).toBe('00010f10abff');
  expect(fromHex('00010f10abff')).toEqual(bytes);
  expect([toHex(new Uint8Array()), fromHex('')]).toEqual(['', new Uint8Array()]);
});
