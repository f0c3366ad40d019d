import { describe, expect, test } from 'vitest';
import { v4File } from '../../../../test/support/kmodel-v4-file.ts';
import { readKmodelV4 } from './read-v4.ts';

describe('a kmodel v4', () => {
  test('header, inputs and outputs', () => {
    const { inputs, outputs, mainBytes, constantBytes, target } = readKmodelV4(v4File());
    expect({ inputs, outputs, mainBytes, constantBytes, target }).toEqual({
      inputs: [{ memory: 'kpu', dtype: 'uint8', start: 100, bytes: 784, shape: [1, 1, 28, 28] }],
      outputs: [{ memory: 'main', dtype: 'float32', start: 64, bytes: 40 }],
      ...{ mainBytes: 4096, constantBytes: 16, target: 1 },
    });
  });

  test('a KPU layer with its shapes', () => {
    const conv = readKmodelV4(v4File()).nodes[0];
    expect([conv.name, conv.bodyBytes, conv.ranges.main_mem_output.bytes]).toEqual(['KPUConv2D', 120, 3136]);
    expect(conv.conv).toMatchObject({
      inC: 1,
      inH: 28,
      outC: 16,
      outW: 14,
      kernel: 3,
      poolType: 1,
      weightBytes: 144,
    });
  });

  test('a node of the core', () => {
    const softmax = readKmodelV4(v4File()).nodes[1];
    expect([softmax.name, softmax.numbers]).toEqual(['Softmax', { inner_size: 10, outer_size: 1, beta: 1 }]);
  });

  test('an unknown opcode is kept with its size', () => {
    expect(readKmodelV4(v4File(0x77)).nodes[1]).toMatchObject({
      opcode: 0x77,
      name: 'unknown',
      bodyBytes: 44,
    });
  });

  test('the padding of the last node is counted and need not be there', () => {
    const bytes = v4File();
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const sizes = bytes.length - 120 - 44 - 4;
    expect(view.getUint32(sizes, true)).toBe(44);
    view.setUint32(sizes, 48, true);
    expect(readKmodelV4(bytes).nodes[1]).toMatchObject({ name: 'Softmax', bodyBytes: 48 });
    view.setUint32(sizes, 52, true);
    expect(() => readKmodelV4(bytes, 'x')).toThrow(/^x:.*truncated/);
  });

  test('cut off anywhere, it is refused in one line', () => {
    const bytes = v4File();
    for (let end = 0; end < bytes.length; end++) {
      expect(() => readKmodelV4(bytes.subarray(0, end), 'x')).toThrow(/^x:.*[^\n]$/);
    }
  });
});
