import { crc32 } from '../crc32.ts';
import { FLASH_SECTOR_BYTES, padToSectors, type FlashWrite } from './flash.ts';

/**
 * Operations of the boot ROM (0xC...) and of the loader that it is given (0xD...) (kflash.py;
 * docs/hardware/k210.md#kfpkg-and-flashing).
 */
export const ISP_OPERATIONS = {
  ISP_NOP: 0xc2,
  ISP_MEMORY_WRITE: 0xc3,
  ISP_MEMORY_BOOT: 0xc5,
  FLASHMODE_NOP: 0xd2,
  FLASHMODE_FLASH_ERASE: 0xd3,
  FLASHMODE_FLASH_WRITE: 0xd4,
  FLASHMODE_REBOOT: 0xd5,
  FLASHMODE_FLASH_INIT: 0xd7,
} as const;

export type IspOperation = keyof typeof ISP_OPERATIONS;

const SLIP = { end: 0xc0, escape: 0xdb, escapedEnd: 0xdc, escapedEscape: 0xdd };
const LOADER_ADDRESS = 0x80000000;
const MEMORY_FRAME_BYTES = 1024;
const FLASH_FRAME_BYTES = 64 * 1024;
/** 0 = in the chip's package, 1 = on the board. */
const FLASH_ON_BOARD = 1;

/** A SLIP frame: ends marked by 0xC0, which inside is escaped, as is the escape itself. */
export function slipFrame(packet: Uint8Array): Uint8Array {
  const frame = [SLIP.end];
  for (const byte of packet) {
    if (byte === SLIP.end) frame.push(SLIP.escape, SLIP.escapedEnd);
    else if (byte === SLIP.escape) frame.push(SLIP.escape, SLIP.escapedEscape);
    else frame.push(byte);
  }
  frame.push(SLIP.end);
  return Uint8Array.from(frame);
}

/** u16 operation, u16 0, u32 CRC of the rest, u32 address, u32 length, data; as one SLIP frame. */
export function ispFrame(
  operation: IspOperation,
  address: number,
  data: Uint8Array = new Uint8Array(0),
): Uint8Array {
  const packet = new Uint8Array(16 + data.length);
  const view = new DataView(packet.buffer);
  view.setUint16(0, ISP_OPERATIONS[operation], true);
  view.setUint32(8, address, true);
  view.setUint32(12, data.length, true);
  packet.set(data, 16);
  view.setUint32(4, crc32(packet.subarray(8)), true);
  return slipFrame(packet);
}

/** A greeting carries zeros only, its CRC and four bytes of the length field left out. */
export function ispGreeting(operation: 'ISP_NOP' | 'FLASHMODE_NOP'): Uint8Array {
  const packet = new Uint8Array(13);
  packet[0] = ISP_OPERATIONS[operation];
  return slipFrame(packet);
}

/**
 * The frames that a flasher sends for these writes, in order, each to be answered before the next: greeting, loader to
 * memory and its start (where one is given; it is the vendor's), greeting of the loader, flash, writes, reboot.
 */
export function ispFrames(writes: readonly FlashWrite[], loader?: Uint8Array): Uint8Array[] {
  const start = loader
    ? [...chunks('ISP_MEMORY_WRITE', LOADER_ADDRESS, loader), ispFrame('ISP_MEMORY_BOOT', LOADER_ADDRESS)]
    : [];
  return [
    ispGreeting('ISP_NOP'),
    ...start,
    ispGreeting('FLASHMODE_NOP'),
    ispFrame('FLASHMODE_FLASH_INIT', FLASH_ON_BOARD),
    ...writes.flatMap(({ address, bytes }) => chunks('FLASHMODE_FLASH_WRITE', address, padToSectors(bytes))),
    ispFrame('FLASHMODE_REBOOT', 0),
  ];
}

/** Frames of one block; flash writes that start inside a block of 64 KiB go sector by sector up to its end. */
function chunks(operation: IspOperation, address: number, data: Uint8Array): Uint8Array[] {
  const isFlash = operation === 'FLASHMODE_FLASH_WRITE';
  const block = isFlash ? FLASH_FRAME_BYTES : MEMORY_FRAME_BYTES;
  const frames: Uint8Array[] = [];
  for (let at = 0; at < data.length;) {
    const isInside = isFlash && (address + at) % block !== 0;
    const part = data.subarray(at, at + (isInside ? FLASH_SECTOR_BYTES : block));
    frames.push(ispFrame(operation, address + at, part));
    at += part.length;
  }
  return frames;
}
