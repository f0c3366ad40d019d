import { ByteWriter } from '../../src/models/formats/kmodel/byte-writer.ts';

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
export function v4File(opcode = 0x0b): Uint8Array {
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
