import { expect, it } from 'vitest';
import { ByteReader } from './byte-reader.ts';
import { countNnil } from './nnil.ts';

const count = (...bytes: number[]) => countNnil(new ByteReader(Uint8Array.from(bytes), 'x: node 3'));

it('counts the instructions of a program until it returns, and the functions that it calls', () => {
  // 1 / (1 + exp(-x)), as nncase writes a logistic: 1, 1, x, neg, exp, add, div, return; padding behind.
  expect(count(0x05, 0x05, 0x03, 0x26, 0x23, 0x40, 0x43, 0xa0, 0, 0)).toEqual({
    instructions: 8,
    functions: 1,
  });
  // The bytes of a constant are no instructions, whatever they are.
  expect(count(0x03, 0x06, 0xa0, 0x23, 0x23, 0x23, 0x42, 0xa0)).toEqual({ instructions: 4, functions: 0 });
});

it('refuses a program that does not return, and an opcode that there is not', () => {
  expect(() => count(0x03, 0x26)).toThrow(/^x: node 3: .*truncated/);
  expect(() => count(0x03, 0x99, 0xa0)).toThrow(
    'x: node 3: instruction 2 of its program has the opcode 0x99, which there is not; the file is damaged',
  );
});
