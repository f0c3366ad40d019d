import { expect, it } from 'vitest';
import { formatComparison } from './comparison-text.ts';

const LATENCY = { value: 12.345, low: 10, high: 15.5, confidence: 0.9, domain: 'inside' } as const;
const ROW = {
  variant: 'int8',
  board: 'openmv-h7-plus',
  latencyMs: LATENCY,
  reportedMs: { ...LATENCY, value: 13 },
  flashBytes: 1234567,
  ramBytes: 890,
  fits: false,
  accuracy: 0.9512,
};
const REFUSED = { variant: 'float32', board: 'maixduino', why: 'it has no such layer' };

const lines = (text: string) => text.split('\n').map((line) => line.trim());

it('prints a row of each variant, and why one is missing', () => {
  const text = formatComparison({
    model: 'a.tflite',
    images: 10000,
    rows: [ROW, REFUSED],
    refused: [],
  } as never);
  expect(lines(text)[0]).toBe('a.tflite, accuracy on 10,000 test images');
  const [shown, missing] = ['int8', 'float32'].map((variant) =>
    lines(text)
      .find((line) => line.startsWith(variant))!
      .split(/ {2,}/),
  );
  expect(shown).toEqual([
    'int8',
    'openmv-h7-plus',
    '12.35 ms',
    '10.00 to 15.50',
    '13.00 ms',
    '1,234,567',
    '890',
    'NO',
    '95.12 %',
  ]);
  expect(missing).toEqual(['float32', 'maixduino', '-', '-', '-', '-', '-', '-', '-']);
  expect(text).toContain('float32 on maixduino: it has no such layer');
});

it('is headed by the model alone where no images were classified', () => {
  const rows = [{ ...ROW, fits: true }];
  const text = formatComparison({ model: 'a.tflite', rows, refused: [] } as never);
  expect(lines(text)[0]).toBe('a.tflite');
  expect(text).toContain(' yes ');
});
