import { SpecError } from '../../../errors.ts';

/** 16 MB of SPI flash, as the boards with this chip carry. */
export const FLASH_BYTES = 16 * 2 ** 20;
/** What the flash can erase at once; writes start at a multiple and are padded to one. */
export const FLASH_SECTOR_BYTES = 4096;
const ERASED = 0xff;

/** Bytes for an address of the flash; `name` is what errors call them. */
export interface FlashWrite {
  readonly address: number;
  readonly bytes: Uint8Array;
  readonly name: string;
}

/** An erased flash. */
export function emptyFlash(totalBytes = FLASH_BYTES): Uint8Array {
  return new Uint8Array(totalBytes).fill(ERASED);
}

/** The bytes of a write as they reach the flash: zero-padded to whole sectors. */
export function padToSectors(bytes: Uint8Array): Uint8Array {
  const padded = new Uint8Array(Math.ceil(bytes.length / FLASH_SECTOR_BYTES) * FLASH_SECTOR_BYTES);
  padded.set(bytes);
  return padded;
}

/**
 * A copy of the image with all writes in it. Throws a SpecError, and writes nothing, where one lies outside of the
 * flash, starts inside a sector, or overlaps another.
 */
export function writeFlash(image: Uint8Array, writes: readonly FlashWrite[]): Uint8Array {
  const padded = checkPlaces(writes, image.length);
  const written = image.slice();
  for (const { address, bytes } of padded) written.set(bytes, address);
  return written;
}

/**
 * Throws a SpecError where a write lies outside of the flash of the boards with this chip, starts inside a sector, or
 * overlaps another.
 */
export function requireFlashPlaces(writes: readonly FlashWrite[]): void {
  checkPlaces(writes, FLASH_BYTES);
}

function checkPlaces(writes: readonly FlashWrite[], flashBytes: number): FlashWrite[] {
  const padded = writes.map((write) => ({ ...write, bytes: padToSectors(write.bytes) }));
  for (const write of padded) checkPlace(flashBytes, write);
  checkOverlaps(padded);
  return padded;
}

/** A view of the flash from `address`, `count` bytes or all up to its end. Throws a SpecError outside of the flash. */
export function readFlash(image: Uint8Array, address: number, count = image.length - address): Uint8Array {
  if (Number.isInteger(address) && address >= 0 && count > 0 && address + count <= image.length) {
    return image.subarray(address, address + count);
  }
  throw new SpecError(
    `flash: cannot read ${count} bytes at ${hex(address)}, it ends at ${hex(image.length)}`,
  );
}

function checkPlace(flashBytes: number, { address, bytes, name }: FlashWrite): void {
  if (address % FLASH_SECTOR_BYTES !== 0) {
    throw new SpecError(
      `${name}: address ${hex(address)} is inside a sector; use a multiple of ${hex(FLASH_SECTOR_BYTES)}`,
    );
  }
  if (address >= 0 && address + bytes.length <= flashBytes) return;
  throw new SpecError(
    `${name}: ${bytes.length} bytes at ${hex(address)} pass the end of the flash at ${hex(flashBytes)}; ` +
      `use an address up to ${hex(Math.max(0, flashBytes - bytes.length))}`,
  );
}

function checkOverlaps(writes: readonly FlashWrite[]): void {
  const sorted = [...writes].sort((a, b) => a.address - b.address);
  for (const [index, write] of sorted.entries()) {
    const before = sorted[index - 1];
    if (!before || before.address + before.bytes.length <= write.address) continue;
    throw new SpecError(
      `${write.name}: overlaps ${before.name}, which ends at ${hex(before.address + before.bytes.length)}; ` +
        `use another address than ${hex(write.address)}`,
    );
  }
}

function hex(value: number): string {
  return `0x${value.toString(16)}`;
}
