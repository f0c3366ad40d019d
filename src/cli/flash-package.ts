import { SpecError } from '../errors.ts';
import { emptyFlash, FLASH_BYTES, writeFlash, type FlashWrite } from '../models/formats/kfpkg/flash.ts';
import { ispFrames } from '../models/formats/kfpkg/isp.ts';
import { flashBytesOf, readKfpkg } from '../models/formats/kfpkg/kfpkg.ts';
import type { WrittenFile } from './convert/conversion-text.ts';
import { readBytes } from './inputs.ts';
import { replaceFile } from './replace-file.ts';

/** What `flash --json` prints. */
export interface Flashed {
  readonly entries: readonly { readonly bin: string; readonly address: number; readonly bytes: number }[];
  readonly written: readonly WrittenFile[];
}

interface Targets {
  readonly image: string | undefined;
  readonly isp: string | undefined;
}

/**
 * Writes a package's files into a flash image and its frames into a file. Throws a SpecError or FormatError of one line,
 * before anything is written, for a package that does not fit the flash.
 */
export async function flashPackage(path: string, { image, isp }: Targets): Promise<Flashed> {
  if (image === undefined && isp === undefined) throw new SpecError('flash needs --image FILE or --isp FILE');
  const packed = readKfpkg(await readBytes(path), path);
  const writes = packed.map((entry): FlashWrite => ({
    address: entry.address,
    bytes: flashBytesOf(entry),
    name: `${path}: ${entry.bin}`,
  }));
  const flash = writeFlash(image === undefined ? emptyFlash() : await readImage(image), writes);
  const files: [path: string, bytes: Uint8Array][] = [];
  if (image !== undefined) files.push([image, flash]);
  if (isp !== undefined) files.push([isp, joined(ispFrames(writes))]);
  for (const [target, bytes] of files) await replaceFile(target, bytes);
  return {
    entries: packed.map(({ bin, address, bytes }) => ({ bin, address, bytes: bytes.length })),
    written: files.map(([target, bytes]) => ({ path: target, bytes: bytes.length })),
  };
}

async function readImage(path: string): Promise<Uint8Array> {
  const { existsSync } = await import('node:fs');
  if (!existsSync(path)) return emptyFlash();
  const image = await readBytes(path);
  if (image.length === FLASH_BYTES) return image;
  throw new SpecError(
    `${path}: is no flash image: it has ${image.length} bytes, a flash ${FLASH_BYTES}; name a new file to make one`,
  );
}

function joined(frames: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(frames.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const frame of frames) {
    all.set(frame, at);
    at += frame.length;
  }
  return all;
}
