import { describe, expect, test } from 'vitest';
import { oneOp, read } from '../../../../test/fixtures/one-op-file.ts';
import { tfliteFile } from '../../../../test/fixtures/tflite-file.ts';
import { graphFromBytes } from '../../../files/load-model.ts';

describe('what TensorFlow Lite Micro does not ask is read', () => {
  const quantized = (scales: number[], zeroPoints: number[]) =>
    read(oneOp({ tensors: [{ shape: [1, 4], scales, zeroPoints }, { shape: [1, 4] }] })).tensors[0]
      .quantization;

  test.each([
    ['scales along an axis that has not as many slices', [1, 2, 3], [4, 5, 6], [4, 5, 6]],
    ['one zero point for several scales', [1, 2], [7], [7, 7]],
    ['more zero points than scales: the first', [1], [3, 4], [3]],
    ['a zero point beyond 32 bits: its lower ones', [1], [2 ** 32 + 5], [5]],
    ['a scale that is no number', [NaN], [0], [0]],
    ['a negative and an infinite scale', [-1, Infinity], [0, 0], [0, 0]],
  ])('%s', (_, scales, zeroPoints, expected) => {
    expect(quantized(scales, zeroPoints)).toEqual({ scales, zeroPoints: expected, axis: 0 });
  });

  test('another version of the schema, which LiteRT refuses', () => {
    expect(read(oneOp({ version: 2 })).notes).toEqual([
      'the file says schema version 2; LiteRT reads 3 only',
    ]);
  });

  test.each([
    ['no identifier', [0, 0, 0, 0]],
    ['another one', [65, 66, 67, 68]],
  ])('%s where "TFL3" should stand', (_, identifier) => {
    const bytes = tfliteFile(oneOp({}));
    bytes.set(identifier, 4);
    const { nodes, notes } = graphFromBytes(bytes, 'm.tflite');
    expect([nodes.length, notes]).toEqual([
      1,
      ['the file has no identifier "TFL3" at byte 4, which LiteRT wants'],
    ]);
  });

  test('without an identifier, a file that holds no subgraph is none of the format', () => {
    const bytes = tfliteFile(oneOp({ subgraphs: 0 }));
    bytes.fill(0, 4, 8);
    expect(() => graphFromBytes(bytes, 'm.tflite')).toThrow(/is not a model that inferscope reads/);
  });

  test("a buffer that is longer than its tensor: the rest is nobody's", () => {
    const tensor = read(
      oneOp({
        tensors: [
          { shape: [1] },
          { shape: [1] },
          { shape: [2], data: new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8, 9]) },
        ],
      }),
    ).tensors[2];
    expect([...tensor.data!]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('tensors that no operator touches, whatever their shape and data', () => {
    const junk = [
      { shape: [-1, 3] },
      { shape: [2 ** 31 - 1, 2 ** 31 - 1, 9] },
      { shape: [9], data: new Uint8Array(4) },
    ];
    const { tensors } = read(oneOp({ tensors: [{ shape: [1] }, { shape: [1] }, ...junk] }));
    expect(tensors.slice(2).map(({ shape }) => shape)).toEqual(junk.map(({ shape }) => shape));
  });

  test('a constant among the inputs of the network is no input', () => {
    const tensors = [{ shape: [1] }, { shape: [1] }, { shape: [1], data: new Uint8Array(4) }];
    expect(read(oneOp({ tensors, inputs: [2, 0] })).inputs).toEqual([0]);
  });
});
