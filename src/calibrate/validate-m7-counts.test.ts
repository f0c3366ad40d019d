import { describe, expect, it, test } from 'vitest';
import { FormatError, InferscopeError } from '../errors.ts';
import { validateM7Counts } from './validate-m7-counts.ts';
import { wholeCallRows } from './whole-call.ts';

const HEADER =
  'kernel_library,op,dtype,compiler_flags,in_h,in_w,in_c,out_h,out_w,out_c,k_h,k_w,stride,padding,macs,instructions,target,layer';
const CONV =
  'tflm-reference,conv,float32,-O2 gcc-12.2.1,14,14,1,14,14,1,3,3,1,SAME,1764,72613,cortex-m7,paper/conv_k3_f1';

describe('validate m7-counts', () => {
  it('holds every gate on the carried rows', () => {
    const { gates } = validateM7Counts();
    expect(gates.filter((gate) => !gate.holds)).toEqual([]);
    expect(gates).toHaveLength(6);
  });

  it('judges a CSV by its own rows', () => {
    const { rows, worst } = validateM7Counts(`${HEADER}\n${CONV}\n`);
    expect(rows).toHaveLength(1);
    expect(worst).toMatchObject({ library: 'tflm-reference', measured: 72613 });
    expect(Math.abs(worst.errorPercent)).toBeLessThan(0.1);
  });

  test.each([
    ['no column instructions', `${HEADER.replace('instructions,', '')}\n`, FormatError],
    ['unknown op "fft"', `${HEADER}\n${CONV.replace('conv,', 'fft,')}\n`, FormatError],
    ['line 2, column "instructions": "x"', `${HEADER}\n${CONV.replace('72613', 'x')}\n`, FormatError],
    [
      'no counted float32 kernel in mylib',
      `${HEADER}\n${CONV.replace('tflm-reference', 'mylib')}\n`,
      InferscopeError,
    ],
    ['holds no rows', `${HEADER}\n`, FormatError],
  ])('refuses in one line: %s', (message, csv, type) => {
    expect(() => validateM7Counts(csv)).toThrow(type);
    expect(() => validateM7Counts(csv)).toThrow(message);
  });
});

describe('one whole libtf_invoke', () => {
  test.each([1, 3, 5, 7])('float32, kernels of %i: within 0.1 %% of the counted calls', (kernel) => {
    const errors = wholeCallRows().filter((row) => row.dtype === 'float32' && row.kernel === kernel);
    expect(Math.max(...errors.map((row) => Math.abs(row.errorPercent)))).toBeLessThan(0.1);
  });

  // docs/hardware/cortex-m7.md#instructions-of-a-whole-call
  it('float32, 3x3: 30,637 + 79,808 F instructions', () => {
    for (const { filters, predicted } of wholeCallRows().filter(
      (row) => row.dtype === 'float32' && row.kernel === 3,
    ))
      expect(predicted / (30637 + 79808 * filters)).toBeCloseTo(1, 3);
  });

  test.each([1, 3, 5, 7])('int8, kernels of %i: within 2 %% of the counted calls', (kernel) => {
    const errors = wholeCallRows().filter((row) => row.dtype === 'int8' && row.kernel === kernel);
    expect(Math.max(...errors.map((row) => Math.abs(row.errorPercent)))).toBeLessThan(2);
  });
});
