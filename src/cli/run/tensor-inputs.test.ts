import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeNpy } from '../../models/formats/npy.ts';
import type { DType, Tensor } from '../../models/graph/graph.ts';
import { readInputs } from './tensor-inputs.ts';

const folder = mkdtempSync(join(tmpdir(), 'inferscope-'));

function fileWith(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const tensor = (name: string, shape: number[], dtype: DType = 'float32'): Tensor => ({ name, shape, dtype });
const read = async (tensors: readonly Tensor[], ...paths: string[]) =>
  (await readInputs({ inputs: tensors.map((_, at) => at), tensors }, paths, 'openmv')).map((values) => [
    ...(values as ArrayLike<number> & Iterable<number>),
  ]);

const PAIR = tensor('x', [1, 1, 2]);

describe('JSON', () => {
  const json = (value: unknown) =>
    fileWith('a.json', typeof value === 'string' ? value : JSON.stringify(value));

  test.each([
    ['flat', [1, 2.5]],
    ['nested in the shape', [[[1, 2.5]]]],
    ['nested without the leading ones', [[1, 2.5]]],
  ])('%s', async (_, value) => {
    expect(await read([PAIR], json(value))).toEqual([[1, 2.5]]);
  });

  test('true and false are numbers, and what Python writes for those that are none', async () => {
    expect(await read([tensor('x', [5])], json('[true, false, NaN, Infinity, -Infinity]'))).toEqual([
      [1, 0, NaN, Infinity, -Infinity],
    ]);
  });

  test('by the names of the inputs, in any order', async () => {
    const [a, b] = [tensor('a', [1]), tensor('b', [2])];
    expect(await read([a, b], json({ b: [2, 3], a: [1] }))).toEqual([[1], [2, 3]]);
    await expect(read([a, b], json({ a: [1], c: [2] }))).rejects.toThrow(
      'the model has no input "c"; its inputs are a, b',
    );
  });

  test.each([
    ['another shape', [[1], [2]], 'the list is [2, 1]'],
    ['rows of other lengths', [[1, 2], [3]], 'the list is [2, 2]'], // prettier-ignore
    ['a word', [1, 'two'], 'input 0 "x" holds "two" at element 1; write a number'],
    ['no list', 3, 'write a list of numbers'],
    ['no JSON', '[1,', 'is not JSON'],
  ])('%s is refused', async (_, value, message) => {
    await expect(read([PAIR], json(value))).rejects.toThrow(message);
  });
});

describe('raw elements', () => {
  test('are those of the type, as many as the tensor has', async () => {
    const bytes = new Uint8Array(Int16Array.of(-1, 300).buffer);
    expect(await read([tensor('x', [1, 2], 'int16')], fileWith('a.bin', bytes))).toEqual([[-1, 300]]);
    await expect(read([PAIR], fileWith('b.bin', bytes))).rejects.toThrow('needs 8 bytes, the file has 4');
  });
});

describe('numpy', () => {
  const npy = (shape: number[], dtype: DType = 'float32') =>
    fileWith('a.npy', writeNpy({ dtype, shape, bytes: new Uint8Array(Float32Array.of(1, 2).buffer) }));

  test.each([[[1, 1, 2]], [[1, 2]], [[2]]])('of shape %j is the same but for leading ones', async (shape) => {
    expect(await read([PAIR], npy(shape))).toEqual([[1, 2]]);
  });

  test('of another shape or type is refused', async () => {
    await expect(read([PAIR], npy([2, 1]))).rejects.toThrow('the file holds float32 [2, 1]');
    await expect(read([PAIR], npy([2], 'int32'))).rejects.toThrow('the file holds int32 [2]');
    await expect(read([tensor('x', [1, 1])], npy([2]))).rejects.toThrow('the file holds float32 [2]');
  });

  test('ones inside of a shape are no leading ones', async () => {
    const wide = tensor('x', [2, 1, 1]);
    expect(await read([wide], npy([1, 2, 1, 1]))).toEqual([[1, 2]]);
    await expect(read([wide], npy([1, 1, 2]))).rejects.toThrow('the file holds float32 [1, 1, 2]');
  });
});

test('a picture is converted for the tensor', async () => {
  const pgm = fileWith('a.pgm', new TextEncoder().encode('P2 2 1 255 0 255'));
  expect(await read([tensor('x', [1, 1, 2, 1], 'int8')], pgm)).toEqual([[-128, 127]]);
});

test('one file for each input, in the order of the model', async () => {
  const [a, b] = [fileWith('1.json', '[1]'), fileWith('2.json', '[2]')];
  const inputs = [tensor('p', [1]), tensor('q', [1])];
  expect(await read(inputs, b, a)).toEqual([[2], [1]]);
  await expect(read(inputs, a)).rejects.toThrow(
    '--input: got 1, the model takes 2 ("p", "q"); give one file for each, in this order',
  );
  await expect(read([PAIR], fileWith('a.txt', ''))).rejects.toThrow('unknown kind of file; choose from');
});
