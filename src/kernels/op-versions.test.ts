import { describe, expect, it, test } from 'vitest';
import { opFor } from './index.ts';
import type { DType, Tensor } from '../models/graph/graph.ts';
import { compareRuntimes, firstRuntime, operatorVersion } from '../models/formats/tflite/op-versions.ts';

type Sort = DType | `${DType} per channel`;

/** A tensor of a type and a rank, its scales one or three. */
function tensorOf(sort: Sort, rank: number): Tensor {
  const [dtype, , ofChannels] = sort.split(' ') as [DType, string?, string?];
  const count = ofChannels === undefined ? 1 : 3;
  const quantization = { scales: Array(count).fill(0.5), zeroPoints: Array(count).fill(0), axis: 0 };
  const shape = Array.from({ length: rank }, (_, axis) => axis + 2);
  return {
    name: '',
    dtype,
    shape,
    ...(dtype.startsWith('int') ? { quantization } : {}),
  } as unknown as Tensor;
}

function versionOf(
  type: string,
  inputs: readonly Sort[],
  output: Sort,
  ranks: readonly number[] = [],
): number {
  const tensors = [...inputs, output].map((sort, index) => tensorOf(sort, ranks[index] ?? 4));
  const node = {
    ...{ op: type, attributes: {}, inputs: inputs.map((_, index) => index), outputs: [inputs.length] },
  };
  return operatorVersion(opFor(type)!.tflite!.versions, node as never, tensors);
}

// lite/tools/versioning/op_version.cc of TensorFlow 2.21, GetBuiltinOperatorVersion.
describe('versions as TensorFlow numbers them', () => {
  test.each<[string, readonly Sort[], Sort, number]>([
    ['QUANTIZE', ['float32'], 'int8', 1],
    ['QUANTIZE', ['float32'], 'int16', 2],
    ['QUANTIZE', ['float32'], 'int8 per channel', 3],
    ['DEQUANTIZE', ['uint8'], 'float32', 1],
    ['DEQUANTIZE', ['int8'], 'float32', 2],
    ['DEQUANTIZE', ['int16'], 'float32', 3],
    ['DEQUANTIZE', ['int8 per channel'], 'float32', 5],
    ['CONV_2D', ['float32', 'float32'], 'float32', 1],
    ['CONV_2D', ['float32', 'int8'], 'float32', 2],
    ['CONV_2D', ['int8', 'int8 per channel'], 'int8', 3],
    ['CONV_2D', ['float32', 'int8 per channel'], 'float32', 5],
  ])('%s of %j giving %s: version %i', (type, inputs, output, version) => {
    expect(versionOf(type, inputs, output)).toBe(version);
  });

  it.each<[string, readonly number[], number]>([
    ['SUB', [4, 3, 4], 1],
    ['SUB', [5, 4, 5], 3],
    ['SUB', [4, 5, 5], 3],
    ['SUB', [5, 5, 5], 1],
  ])('%s of operands of rank %j: version %i', (type, ranks, version) => {
    expect(versionOf(type, ['float32', 'float32'], 'float32', ranks)).toBe(version);
  });
});

test('runtimes are in the order of their numbers, and one that is not listed is unknown', () => {
  expect(['2.10.0', '1.14.0', '2.4.0', '2.4.1'].sort(compareRuntimes)).toEqual([
    ...['1.14.0', '2.4.0', '2.4.1', '2.10.0'],
  ]);
  const row = { runtimes: '1.5.0 1.14.0' };
  expect([1, 2, 3].map((version) => firstRuntime(row, version))).toEqual(['1.5.0', '1.14.0', undefined]);
});
