import { describe, expect, test } from 'vitest';
import { judgeOps } from './judge-ops.ts';
import { toBase64, type OpsGoldenEntry } from './ops-golden.ts';
import type { OpsFile } from './compute-ops.ts';

const floats = (...values: number[]) => toBase64(Float32Array.from(values));
const bytes = (...values: number[]) => toBase64(Int8Array.from(values));

const runs = (base64: string, dtype = 'int8'): OpsGoldenEntry => ({
  tflm: 'runs',
  headBytes: 64,
  inputs: [],
  outputs: [{ dtype, shape: [2], base64 }],
});

const computed = (part: Partial<OpsFile> = {}): OpsFile => ({
  file: 'a.tflite',
  outputs: [bytes(1, 2)],
  headBytes: 64,
  latencyMs: 1,
  refusal: null,
  latencyRefusal: null,
  ...part,
});

const REFUSED: Partial<OpsFile> = { outputs: null, latencyMs: null, headBytes: null, refusal: 'no' };

const whats = (file: OpsFile, entry: OpsGoldenEntry) =>
  judgeOps([file], { 'a.tflite': entry }).differences.map(({ what }) => what);

describe('a file that runs', () => {
  test.each<[string, Partial<OpsFile>, OpsGoldenEntry, string[]]>([
    ['is right with the same bytes', {}, runs(bytes(1, 2)), []],
    ['is wrong by one step of an integer', {}, runs(bytes(1, 3)), ['outputs']],
    ['is wrong with more elements', { outputs: [bytes(1, 2, 3)] }, runs(bytes(1, 2)), ['outputs']],
    ['is wrong without its second output', { outputs: [] }, runs(bytes(1, 2)), ['outputs']],
    [
      'is right with floats within 1e-5 + 1e-5 |a|',
      { outputs: [floats(100.0009, 0.000009)] },
      runs(floats(100, 0), 'float32'),
      [],
    ],
    [
      'is wrong with a float beyond',
      { outputs: [floats(100.002, 0)] },
      runs(floats(100, 0), 'float32'),
      ['outputs'],
    ],
    [
      'is wrong where a number is none',
      { outputs: [floats(NaN, 0)] },
      runs(floats(1, 0), 'float32'),
      ['outputs'],
    ],
    ['is wrong with another arena', { headBytes: 80 }, runs(bytes(1, 2)), ['arena']],
    ['is wrong without a latency', { latencyMs: null }, runs(bytes(1, 2)), ['latency']],
    ['is wrong in all where it is refused', REFUSED, runs(bytes(1, 2)), ['outputs', 'latency', 'arena']],
  ])('%s', (_, part, entry, expected) => {
    expect(whats(computed(part), entry)).toEqual(expected);
  });
});

describe('a file that is refused', () => {
  test.each<[string, Partial<OpsFile>, string[]]>([
    ['is right without outputs and latency', REFUSED, []],
    ['is right where its arena is known', { ...REFUSED, headBytes: 64 }, []],
    ['is wrong with outputs', { latencyMs: null }, ['refusal']],
    ['is wrong with a latency', { outputs: null }, ['refusal']],
  ])('%s', (_, part, expected) => {
    expect(whats(computed(part), { tflm: 'refuses', why: 'because' })).toEqual(expected);
  });
});

test('a bar is held by the share of its own files', () => {
  const files = [computed(), computed({ file: 'b.tflite', ...REFUSED })];
  const golden = { 'a.tflite': runs(bytes(1, 3)), 'b.tflite': { tflm: 'refuses' as const } };
  const { gates } = judgeOps(files, golden);
  expect(gates.map(({ equal, of, holds }) => [equal, of, holds])).toEqual([
    [0, 1, false],
    [1, 1, true],
    [1, 1, true],
    [1, 1, true],
  ]);
});
