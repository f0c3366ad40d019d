import { describe, expect, test } from 'vitest';
import { readNpy, writeNpy } from './npy.ts';

const latin = (text: string) => Uint8Array.from(text, (sign) => sign.charCodeAt(0));

/** A file as numpy 1.26 writes it: header padded so that the data starts at a multiple of 64. */
function numpyFile(header: string, data: Uint8Array): Uint8Array {
  const padded = header.padEnd(128 - 10 - 1) + '\n';
  return Uint8Array.from([
    ...latin('\x93NUMPY\x01\x00'),
    padded.length & 255,
    padded.length >> 8,
    ...latin(padded),
    ...data,
  ]);
}

const floats = new Uint8Array(Float32Array.of(1, 2.5, -3, 4).buffer);

test('reads what numpy writes', () => {
  const file = numpyFile("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }", floats);
  expect(readNpy(file, 'a.npy')).toEqual({ dtype: 'float32', shape: [2, 2], bytes: floats });
});

test.each([
  ['int8', [3], 3],
  ['uint8', [1, 2, 2], 4],
  ['int16', [2], 4],
  ['int32', [], 4],
  ['int64', [2], 16],
  ['float32', [1, 1, 2, 1], 8],
  ['bool', [0], 0],
] as const)('writes %s %o so that it is read again, data at a multiple of 64', (dtype, shape, length) => {
  const array = { dtype, shape, bytes: Uint8Array.from({ length }, (_, at) => at) };
  const file = writeNpy(array);
  expect(readNpy(file, 'x.npy')).toEqual(array);
  expect((file.length - length) % 64).toBe(0);
});

describe('a file that is no plain array is refused in one line that names it', () => {
  test.each([
    ['is not a .npy file', latin('hello world')],
    ['is not a .npy file', new Uint8Array(0)],
    ['version 9 is unknown', latin('\x93NUMPY\x09\x00\x10\x00aaaaaaaaaaaaaaaa')],
    ['truncated in its header', latin('\x93NUMPY\x01\x00\xff\xff{')],
    ['truncated in its header', latin('\x93NUMPY\x02\x00\xff\xff\xff\xff{}')],
    ['no plain numbers', numpyFile("{'descr': [('a', '<f4')], 'shape': (1,), }", floats)],
    ['dtype c8 is no type', numpyFile("{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }", floats)],
    ['is big-endian', numpyFile("{'descr': '>f4', 'fortran_order': False, 'shape': (4,), }", floats)],
    ['Fortran order', numpyFile("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 2), }", floats)],
    ['gives no shape', numpyFile("{'descr': '<f4', 'fortran_order': False}", floats)],
    ['shape is impossible', numpyFile("{'descr': '|u1', 'shape': (99999999999, 99999999999), }", floats)],
    ['of float32 takes 20', numpyFile("{'descr': '<f4', 'fortran_order': False, 'shape': (5,), }", floats)],
  ])('%s', (message, file) => {
    expect(() => readNpy(file, 'x.npy')).toThrow(new RegExp(`^x\\.npy: [^\\n]*${message}`));
  });
});
