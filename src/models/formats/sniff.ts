const MAX_TEXT_BYTES = 200;

/** What the first bytes of a file say it is. */
export type FileKind = 'tflite' | 'kmodel' | 'kfpkg' | 'onnx' | 'json' | 'other';

interface Signature {
  readonly kind: FileKind;
  readonly at: number;
  readonly bytes: string | readonly number[];
  /** Completes "it ...". */
  readonly says: string;
}

const EXPORT = 'export the model as .tflite and pass that';

// Longer and surer signatures first.
const SIGNATURES: readonly Signature[] = [
  { kind: 'tflite', at: 4, bytes: 'TFL3', says: 'is a .tflite file' },
  { kind: 'kmodel', at: 0, bytes: 'LDMK', says: 'is a kmodel of version 4 or later' },
  { kind: 'kmodel', at: 0, bytes: [3, 0, 0, 0], says: 'is a kmodel of version 3' },
  {
    kind: 'kfpkg',
    at: 0,
    bytes: 'PK\x03\x04',
    says: 'is a zip or kfpkg archive',
  },
  { kind: 'other', at: 0, bytes: '\x89HDF', says: `looks like an HDF5 file (Keras .h5); ${EXPORT}` },
  {
    kind: 'other',
    at: 0,
    bytes: 'version https://git-lfs',
    says: 'is a Git LFS pointer; run `git lfs pull` and pass the real file',
  },
  { kind: 'other', at: 0, bytes: '<!DOCTYPE', says: 'is a web page, not a model; download the raw file' },
  { kind: 'other', at: 0, bytes: '<html', says: 'is a web page, not a model; download the raw file' },
  { kind: 'other', at: 0, bytes: [0x1f, 0x8b], says: 'is gzip-compressed; unpack it first' },
  {
    kind: 'onnx',
    at: 0,
    bytes: [8],
    says: `looks like a protobuf file (ONNX or SavedModel); read ONNX with readOnnx of inferscope/files, else ${EXPORT}`,
  },
  { kind: 'json', at: 0, bytes: '{', says: 'looks like JSON text' },
  { kind: 'json', at: 0, bytes: '[', says: 'looks like JSON text' },
];

/** True where the flatbuffer identifier of .tflite files stands at byte 4. */
export function hasTfliteMagic(bytes: Uint8Array): boolean {
  return sniffKind(bytes) === 'tflite';
}

/** The kind of a file by its first bytes, text by its first sign that is no blank. */
export function sniffKind(bytes: Uint8Array): FileKind {
  return signatureOf(bytes)?.kind ?? 'other';
}

/** What a file is and what to do instead, to follow "it": "looks like a kmodel of version 3; ...". */
export function describeBytes(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'is empty; download it again';
  const signature = signatureOf(bytes);
  if (signature) return signature.says;
  const start = [...bytes.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return `starts with ${start}, which is no known model format; pass a .tflite, .onnx or .kmodel file`;
}

function signatureOf(bytes: Uint8Array): Signature | undefined {
  const text = bytes.subarray(firstInk(bytes));
  return SIGNATURES.find((signature) => matches(signature.kind === 'json' ? text : bytes, signature));
}

function matches(bytes: Uint8Array, { at, bytes: magic }: Signature): boolean {
  const codes = typeof magic === 'string' ? [...magic].map((sign) => sign.charCodeAt(0)) : magic;
  return codes.every((code, index) => bytes[at + index] === code);
}

function firstInk(bytes: Uint8Array): number {
  const blank = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf]);
  let at = 0;
  while (at < MAX_TEXT_BYTES && blank.has(bytes[at])) at++;
  return at;
}
