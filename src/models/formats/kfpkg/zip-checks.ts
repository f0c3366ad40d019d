import { FormatError } from '../../../errors.ts';
import { quote } from '../../graph/quote.ts';
import { crc32 } from '../crc32.ts';

/** Signatures and fixed lengths of the records of a zip (PKWARE's APPNOTE 4.3.12 and 4.3.16). */
const DIRECTORY_END = 0x06054b50;
const DIRECTORY_END_BYTES = 22;
const DIRECTORY_ENTRY = 0x02014b50;
const DIRECTORY_ENTRY_BYTES = 46;

/** What the directory of a zip says of a file. */
interface Listed {
  readonly bin: string;
  readonly crc: number;
  readonly unpackedBytes: number;
}

function findDirectory(view: DataView): number {
  for (let at = view.byteLength - DIRECTORY_END_BYTES; at >= 0; at--) {
    if (view.getUint32(at, true) === DIRECTORY_END) return view.getUint32(at + 16, true);
  }
  return view.byteLength;
}

function* listed(bytes: Uint8Array): Generator<Listed> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = findDirectory(view);
  while (at + DIRECTORY_ENTRY_BYTES <= bytes.length && view.getUint32(at, true) === DIRECTORY_ENTRY) {
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((field) =>
      view.getUint16(at + field, true),
    );
    const start = at + DIRECTORY_ENTRY_BYTES;
    const bin = new TextDecoder().decode(bytes.subarray(start, start + nameBytes));
    yield { bin, crc: view.getUint32(at + 16, true), unpackedBytes: view.getUint32(at + 24, true) };
    at = start + nameBytes + extraBytes + commentBytes;
  }
}

/**
 * Holds unpacked files against the directory of their zip, which the library that unpacks does not. Throws a FormatError
 * that begins with `name` for a file that comes twice, is of another size or has another checksum.
 */
export function checkArchive(
  bytes: Uint8Array,
  files: Readonly<Record<string, Uint8Array>>,
  name: string,
): void {
  const unchecked = new Set(Object.keys(files));
  for (const { bin, crc, unpackedBytes } of listed(bytes)) {
    const file = `${name}: ${quote(bin)}`;
    if (!unchecked.delete(bin)) throw new FormatError(`${file} is in the package twice; download it again`);
    const { length } = files[bin];
    if (length !== unpackedBytes)
      throw new FormatError(
        `${file} has ${length} bytes, the package says ${unpackedBytes}; download it again`,
      );
    if (crc32(files[bin]) !== crc)
      throw new FormatError(`${file} does not have the checksum that the package says; download it again`);
  }
  for (const bin of unchecked)
    throw new FormatError(`${name}: ${quote(bin)} has no checksum in the package; download it again`);
}
