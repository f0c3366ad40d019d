import { FormatError } from '../../../errors.ts';

const MAGIC = 0x4b4d444c;
const AES_HEADER_BYTES = 5;
const SHA256_BYTES = 32;

/** What the first bytes say: a version of the format, an encrypted file, or nothing of the kind. */
export type KmodelKind = 3 | 4 | 5 | 'encrypted' | 'other';

/**
 * The kind of a kmodel by its first bytes. 'encrypted' is the wrap of a kfpkg entry with its AES flag set (u8 flag, u32
 * length, data, perhaps SHA-256); MaixPy's .smodel has no magic and is known by its name only.
 */
export function kmodelKind(bytes: Uint8Array): KmodelKind {
  if (bytes.length < 8) return 'other';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [first, second] = [view.getUint32(0, true), view.getUint32(4, true)];
  if (first === MAGIC) return second === 4 || second === 5 ? second : 'other';
  if (first === 3) return 3;
  return isAesWrapped(bytes, view.getUint32(1, true)) ? 'encrypted' : 'other';
}

function isAesWrapped(bytes: Uint8Array, dataBytes: number): boolean {
  const left = bytes.length - AES_HEADER_BYTES - dataBytes;
  return bytes[0] === 1 && dataBytes > 0 && (left === 0 || left === SHA256_BYTES);
}

/** Throws the FormatError that says what a file is instead of the kmodel version wanted. */
export function refuseKmodel(bytes: Uint8Array, name: string, wanted: 3 | 4): never {
  const kind = kmodelKind(bytes);
  if (kind === 'encrypted' || /\.smodel$/i.test(name)) {
    throw new FormatError(
      `${name}: is encrypted and only the device with its key can open it; pass the plain .kmodel that it was made from`,
    );
  }
  if (kind === 5) {
    throw new FormatError(
      `${name}: is a kmodel of version 5 (nncase 1.x), whose modules hold bytecode that is not read; pass the .tflite ` +
        'that it was converted from',
    );
  }
  if (kind === 3 || kind === 4) {
    throw new FormatError(`${name}: is a kmodel of version ${kind}, expected version ${wanted}`);
  }
  const start = [...bytes.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  throw new FormatError(
    `${name}: is no kmodel of version ${wanted}: it ${start ? `starts with ${start}` : 'is empty'}`,
  );
}
