import { goldenFile, goldenJson } from './goldens.ts';
import type { TensorData } from '../../src/kernels/definition/kernel.ts';

/** The folder of small files that TensorFlow Lite Micro has judged; its README says how. */
export const OP_GOLDENS = goldenFile('ops/');

/** A tensor as golden.json has it. */
export interface GoldenArray {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly base64: string;
}

/** What Micro did with one file: inputs and outputs where it runs, a reason where it does not. */
export interface OpGolden {
  readonly tflm: 'runs' | 'refuses';
  readonly liteRt: 'runs' | 'refuses';
  readonly why?: string;
  readonly headBytes?: number;
  readonly inputs?: readonly GoldenArray[];
  readonly outputs?: readonly GoldenArray[];
}

const ARRAYS = {
  float32: Float32Array,
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  bool: Uint8Array,
};

/** golden.json by file name. */
export function readOpGoldens(): Readonly<Record<string, OpGolden>> {
  return goldenJson('ops/golden.json');
}

/** The elements of a golden tensor. */
export function decodeArray({ dtype, base64 }: GoldenArray): TensorData {
  const bytes = Uint8Array.from(Buffer.from(base64, 'base64'));
  return new ARRAYS[dtype as keyof typeof ARRAYS](bytes.buffer);
}

/** Whether values are others than a golden tensor's: integers in every bit, floats beyond 1e-5 of value and range. */
export function differsFromGolden(got: ArrayLike<number | bigint>, golden: GoldenArray): boolean {
  const expected = decodeArray(golden) as ArrayLike<number | bigint>;
  if (got.length !== expected.length) return true;
  const isWithin = (a: number, b: number) =>
    golden.dtype === 'float32' ? Math.abs(a - b) <= 1e-5 + 1e-5 * Math.abs(a) : a === b;
  return Array.from(expected).some((value, at) => !isWithin(Number(value), Number(got[at])));
}
