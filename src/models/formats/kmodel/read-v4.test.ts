import { describe, expect, test } from 'vitest';
import { ByteWriter } from './byte-writer.ts';
import { readKmodelV4 } from './read-v4.ts';

const MAGIC = 0x4b4d444c;
/** Layer 0 of Sipeed's mnist.kmodel: 28x28x1 -> 14x14x16, 3x3. */
const WORDS = [
  ...[0n, 0x00007fac00007fe4n, 0x000f000f00000000n, 0x0000340d00006c1bn, 0x00000000000f0411n],
  ...[0x0000000000480001n, 0n, 0x00000000a001001cn, 0x000000000041000en, 0x00c40000000000f0n, 0n],
  0x00000c3f00c30000n,
];

function words(writer: ByteWriter, ...values: number[]): void {
  for (const value of values) writer.u32(value);
}

/**
 * A v4 file of one input, one output, 16 bytes of constants, a KPU layer and a Softmax, laid out by
 * docs/hardware/k210.md#kmodel-v4-and-v5.
 */
function v4File(opcode = 0x0b): Uint8Array {
  const writer = new ByteWriter();
  words(writer, MAGIC, 4, 0, 1, 16, 4096, 2, 1, 1, 0);
  words(writer, 2, 1, 100, 784, 1, 1, 28, 28);
  words(writer, 1, 0, 64, 40);
  words(writer, 0, 0, 0, 0);
  words(writer, 0x2002, 24 + 96, opcode, 44);
  words(writer, 1, 1, 0, 3136, 1, 0);
  for (const word of WORDS) writer.u64(word);
  words(writer, 1, 0, 0, 40, 1, 0, 64, 40, 10, 1);
  writer.f32(1);
  return writer.finish();
}

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

  test('cut off anywhere, it is refused in one line', () => {
    const bytes = v4File();
    for (let end = 0; end < bytes.length; end++) {
      expect(() => readKmodelV4(bytes.subarray(0, end), 'x')).toThrow(/^x:.*[^\n]$/);
    }
  });
});
