import { crc32 as nodeCrc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { crc32 } from '../crc32.ts';
import { ispFrame, ispFrames, ispGreeting, slipFrame } from './isp.ts';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

/** The packet inside a SLIP frame. */
function unframe(frame: Uint8Array): Buffer {
  const hex = Buffer.from(frame.subarray(1, -1)).toString('latin1');
  return Buffer.from(hex.replaceAll('\xdb\xdc', '\xc0').replaceAll('\xdb\xdd', '\xdb'), 'latin1');
}

test('the CRC-32 of "123456789" is the check value of the catalogue', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
});

test('0xC0 and 0xDB are escaped inside a frame', () => {
  expect(slipFrame(bytes(1, 0xc0, 2, 0xdb))).toEqual(bytes(0xc0, 1, 0xdb, 0xdc, 2, 0xdb, 0xdd, 0xc0));
});

test('the greeting is the one that flashers send', () => {
  expect(Buffer.from(ispGreeting('ISP_NOP')).toString('hex')).toBe('c0c2000000000000000000000000c0');
});

test('a frame holds operation, CRC of the rest, address, length and data', () => {
  const packet = unframe(ispFrame('FLASHMODE_FLASH_WRITE', 0x300000, bytes(0xc0, 0xdb, 7)));
  expect(packet.readUInt16LE(0)).toBe(0xd4);
  expect([packet.readUInt32LE(8), packet.readUInt32LE(12)]).toEqual([0x300000, 3]);
  expect([...packet.subarray(16)]).toEqual([0xc0, 0xdb, 7]);
  if (nodeCrc32) expect(packet.readUInt32LE(4)).toBe(nodeCrc32(packet.subarray(8)));
});

describe('the frames of a write', () => {
  const write = { address: 0xf000, bytes: new Uint8Array(70_000), name: 'm' };
  const operations = (frames: Uint8Array[]): number[] => frames.map((frame) => frame[1]);

  test('greet, initialise, write a sector up to the block and then blocks, reboot', () => {
    const frames = ispFrames([write]);
    expect(operations(frames)).toEqual([0xc2, 0xd2, 0xd7, 0xd4, 0xd4, 0xd4, 0xd5]);
    // 70,000 bytes are 18 sectors: one before the block of 64 KiB, 16 in it, one behind.
    const lengths = frames.slice(3, 6).map((frame) => unframe(frame).readUInt32LE(12));
    expect(lengths).toEqual([4096, 65536, 4096]);
  });

  test('a loader goes to memory in frames of 1024 bytes and is started', () => {
    expect(operations(ispFrames([], new Uint8Array(2500)))).toEqual([
      ...[0xc2, 0xc3, 0xc3, 0xc3, 0xc5, 0xd2, 0xd7, 0xd5],
    ]);
  });
});
