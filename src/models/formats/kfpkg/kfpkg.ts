import { sha256 } from '@noble/hashes/sha2.js';
import { unzipSync, zipSync, type Unzipped } from 'fflate';
import { FormatError } from '../../../errors.ts';
import { quote, showValue } from '../../graph/quote.ts';
import { checkArchive } from './zip-checks.ts';

const LIST = 'flash-list.json';
const VERSION = '0.1.0';
/** No flash of these boards holds more, so no honest package unpacks to more. */
const MAX_UNPACKED_BYTES = 64 * 2 ** 20;
const SHA256_HEADER_BYTES = 5;

/** One file of the package and where it goes in the flash. */
export interface KfpkgEntry {
  readonly address: number;
  /** Name in the archive. */
  readonly bin: string;
  /** Firmware, which the boot ROM checks: wrapped in a header and a hash when it is written. Models are written raw. */
  readonly sha256Prefix: boolean;
  readonly bytes: Uint8Array;
}

/**
 * Reads a kfpkg: a zip with `flash-list.json` (addresses may be unquoted hex, which JSON has not) and the files that it
 * names. Throws a FormatError of one line that names the file and what is wrong, a size or checksum that does not fit included.
 */
export function readKfpkg(bytes: Uint8Array, name = 'kfpkg'): KfpkgEntry[] {
  const files = unpack(bytes, name);
  checkArchive(bytes, files, name);
  const list = files[LIST];
  if (!list) throw new FormatError(`${name}: holds no ${LIST}, so it is a plain zip and not a kfpkg`);
  const { files: items } = parseList(new TextDecoder().decode(list), `${name}: ${LIST}`);
  if (!Array.isArray(items) || items.length === 0) {
    throw new FormatError(`${name}: ${LIST}: "files" must be a list with at least one file`);
  }
  return items.map((item, index) => checkEntry(item, files, `${name}: ${LIST}: files[${index}]`));
}

/** Packs a kfpkg; equal entries give equal bytes. */
export function writeKfpkg(entries: readonly KfpkgEntry[]): Uint8Array {
  const files = entries.map(({ address, bin, sha256Prefix }) => ({ address, bin, sha256Prefix }));
  const list = new TextEncoder().encode(JSON.stringify({ version: VERSION, files }, undefined, 2));
  const archive = Object.fromEntries(entries.map(({ bin, bytes }) => [bin, bytes]));
  return zipSync({ [LIST]: list, ...archive }, { mtime: new Date(1980, 0, 1) });
}

/** The bytes that go into the flash: with `sha256Prefix` u8 AES flag 0, u32 length, data, and the SHA-256 of all that. */
export function flashBytesOf({ bytes, sha256Prefix }: KfpkgEntry): Uint8Array {
  if (!sha256Prefix) return bytes;
  const wrapped = new Uint8Array(SHA256_HEADER_BYTES + bytes.length);
  new DataView(wrapped.buffer).setUint32(1, bytes.length, true);
  wrapped.set(bytes, SHA256_HEADER_BYTES);
  const hash = sha256(wrapped);
  const whole = new Uint8Array(wrapped.length + hash.length);
  whole.set(wrapped);
  whole.set(hash, wrapped.length);
  return whole;
}

function unpack(bytes: Uint8Array, name: string): Unzipped {
  let total = 0;
  try {
    return unzipSync(bytes, {
      filter: ({ originalSize }) => {
        total += originalSize;
        if (total > MAX_UNPACKED_BYTES) {
          throw new FormatError(
            `${name}: unpacks to more than ${MAX_UNPACKED_BYTES} bytes, more than a flash holds`,
          );
        }
        return true;
      },
    });
  } catch (error) {
    if (error instanceof FormatError) throw error;
    const why = quote(error instanceof Error ? error.message : String(error));
    throw new FormatError(`${name}: is no readable kfpkg (zip): ${why}; download it again`);
  }
}

function parseList(text: string, where: string): { readonly files?: unknown } {
  const standard = text.replace(
    /(:\s*)0[xX]([0-9a-fA-F]{1,8})(?=\s*[,}\]])/g,
    (_, colon: string, hex: string) => colon + String(parseInt(hex, 16)),
  );
  try {
    const list: unknown = JSON.parse(standard);
    if (typeof list === 'object' && list !== null) return list;
  } catch (error) {
    throw new FormatError(`${where}: not valid JSON: ${quote((error as SyntaxError).message)}`);
  }
  throw new FormatError(`${where}: expected an object with "files"`);
}

function checkEntry(item: unknown, files: Unzipped, where: string): KfpkgEntry {
  const { address, bin, sha256Prefix } = (item ?? {}) as Readonly<Record<string, unknown>>;
  const at = typeof address === 'string' && /^(0x[0-9a-f]+|\d+)$/i.test(address) ? Number(address) : address;
  if (typeof at !== 'number' || !Number.isInteger(at) || at < 0 || at > 0xffffffff) {
    const got = quote(typeof address === 'string' ? address : showValue(address));
    throw new FormatError(`${where}: address must be a number of 32 bits, got ${got}`);
  }
  if (typeof bin !== 'string') throw new FormatError(`${where}: bin must name a file of the archive`);
  if (!Object.hasOwn(files, bin)) throw new FormatError(`${where}: the archive holds no file ${quote(bin)}`);
  if (sha256Prefix !== undefined && typeof sha256Prefix !== 'boolean') {
    throw new FormatError(`${where}: sha256Prefix must be true or false`);
  }
  return { address: at, bin, sha256Prefix: sha256Prefix ?? false, bytes: files[bin] };
}
