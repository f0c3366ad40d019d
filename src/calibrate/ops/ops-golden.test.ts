import { describe, expect, test } from 'vitest';
import { goldenElements, parseOpsGolden, toBase64 } from './ops-golden.ts';

describe('golden files of operators', () => {
  test('give the elements of a tensor by its type, and take them back', () => {
    const tensor = { dtype: 'int16', shape: [2], base64: 'AQD+/w==' };
    const elements = goldenElements(tensor);
    expect([...elements]).toEqual([1, -2]);
    expect(toBase64(elements)).toBe(tensor.base64);
  });

  test.each([
    ['no object', [], 'expected an object of entries by file name'],
    ['no entry', {}, 'expected an object of entries by file name'],
    ['an entry without a verdict', { 'a.tflite': {} }, '"a.tflite" needs "tflm"'],
    [
      'a type that is none',
      { a: { tflm: 'runs', outputs: [{ dtype: 'x', shape: [], base64: '' }] } },
      '"a" needs',
    ],
    ['inputs that are no list', { a: { tflm: 'runs', inputs: 3 } }, '"a" needs'],
  ])('are refused with %s', (_, json, message) => {
    expect(() => parseOpsGolden(json)).toThrow(message);
  });

  test('bytes that are no whole elements are refused', () => {
    expect(() => goldenElements({ dtype: 'int32', shape: [1], base64: 'AQD+/wA=' })).toThrow(
      '5 bytes are no whole int32 elements',
    );
  });
});
