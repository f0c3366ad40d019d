import { bytesFromBase64 } from '../../base64.ts';
import { FormatError } from '../../errors.ts';
import type { TensorData } from '../../kernels/definition/kernel.ts';

/** A tensor of a golden file: little-endian bytes in base64. */
export interface GoldenTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly base64: string;
}

/** What TensorFlow Lite Micro did with one file: inputs and outputs where it runs, a reason where it does not. */
export interface OpsGoldenEntry {
  readonly tflm: 'runs' | 'refuses';
  readonly why?: string;
  readonly headBytes?: number;
  readonly inputs?: readonly GoldenTensor[];
  readonly outputs?: readonly GoldenTensor[];
}

/** Entries by the name of the file that they are about, which lies beside the golden one. */
export type OpsGolden = Readonly<Record<string, OpsGoldenEntry>>;

const ARRAYS = {
  float32: Float32Array,
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  bool: Uint8Array,
} as const;

const isTensor = ({ dtype, shape, base64 }: Partial<GoldenTensor>): boolean =>
  Object.hasOwn(ARRAYS, String(dtype)) && Array.isArray(shape) && typeof base64 === 'string';

const areTensors = (list: unknown): boolean =>
  list === undefined || (Array.isArray(list) && list.every((tensor) => isTensor(tensor ?? {})));

function isEntry(entry: Partial<OpsGoldenEntry> | null): boolean {
  const { tflm, inputs, outputs } = entry ?? {};
  return ['runs', 'refuses'].includes(tflm ?? '') && areTensors(inputs) && areTensors(outputs);
}

/** The parsed JSON as a golden file of operators. Throws a FormatError that names the first entry that is none. */
export function parseOpsGolden(json: unknown): OpsGolden {
  const entries =
    json !== null && typeof json === 'object' && !Array.isArray(json) ? Object.entries(json) : [];
  if (entries.length === 0) throw new FormatError('golden file: expected an object of entries by file name');
  const odd = entries.find(([, entry]) => !isEntry(entry as Partial<OpsGoldenEntry>));
  if (odd === undefined) return json as OpsGolden;
  throw new FormatError(
    `golden file: "${odd[0]}" needs "tflm": "runs" or "refuses", and "inputs" and "outputs" as dtype, shape, base64`,
  );
}

/** The elements of a golden tensor. Throws a FormatError for bytes that are no whole elements. */
export function goldenElements({ dtype, base64 }: GoldenTensor): TensorData {
  const bytes = bytesFromBase64(base64);
  const ArrayOf = ARRAYS[dtype as keyof typeof ARRAYS];
  if (bytes.length % ArrayOf.BYTES_PER_ELEMENT === 0) return new ArrayOf(bytes.buffer);
  throw new FormatError(`golden file: ${bytes.length} bytes are no whole ${dtype} elements`);
}

/** Little-endian bytes of a tensor in base64, as golden files have them. */
export function toBase64({ buffer, byteOffset, byteLength }: TensorData): string {
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  const chunks: string[] = [];
  for (let at = 0; at < bytes.length; at += 4096) {
    chunks.push(String.fromCharCode(...bytes.subarray(at, at + 4096)));
  }
  return btoa(chunks.join(''));
}
