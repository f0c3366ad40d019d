import { describe, expect, it, test } from 'vitest';
import { countNameOf, evaluateTerms, UnknownCountError } from './terms.ts';

const COUNTS = { pixels: 25, channels: 10 };

test.each([
  ['pixels/4', 6],
  ['pixels%4', 1],
  ['pixels^4', 7],
  ['channels^16', 1],
  ['pixels/4*channels%4', 12],
])('%s of 25 pixels and 10 channels is %i', (term, value) => {
  expect(evaluateTerms({ [term]: 1 }, COUNTS)).toBe(value);
});

describe('blocks of a count', () => {
  it('are made of the count that they name', () => {
    expect(['pixels/4', 'pixels^16', 'pixels'].map(countNameOf)).toEqual(['pixels', 'pixels', 'pixels']);
  });

  it('of a count that the work does not carry are refused as the count is', () => {
    expect(() => evaluateTerms({ 'rows/4': 1 }, COUNTS)).toThrow(UnknownCountError);
    expect(() => evaluateTerms({ 'pixels-4': 1 }, COUNTS)).toThrow(UnknownCountError);
  });
});
