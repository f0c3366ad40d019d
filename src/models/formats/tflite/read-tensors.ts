import { Encoding } from 'flatbuffers';
import { FormatError } from '../../../errors.ts';
import {
  DTYPE_BYTES,
  elementCount,
  tensorBytes,
  type DType,
  type Quantization,
  type Tensor,
} from '../../graph/graph.ts';
import { quote } from '../../graph/quote.ts';
import type { Budget } from './budget.ts';
import type { OpTable } from './op-table.ts';
import * as schema from './schema/schema.ts';

// What a tensor and each of its numbers take in memory as JavaScript objects, roughly.
const TENSOR_BYTES = 120;
const NUMBER_BYTES = 8;

const DTYPE_BY_CODE: ReadonlyMap<number, DType> = new Map(
  Object.entries(schema.TensorType).map(([name, code]) => [code, name.toLowerCase() as DType]),
);

/** What the readers of a file's parts share. */
export interface ReadContext {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly model: schema.Model;
  /** Operators whose attributes are understood. */
  readonly ops: OpTable;
  readonly budget: Budget;
  readonly notes: string[];
}

/** Adds a sentence for the user, paid from the budget. */
export function note(context: ReadContext, sentence: string): void {
  context.budget.spend(2 * sentence.length);
  context.notes.push(sentence);
}

/** Elements of a vector that the verifier has seen, paid from the budget. */
export function readNumbers(
  context: ReadContext,
  length: number,
  element: (index: number) => number | bigint | null,
): number[] {
  context.budget.spend(length * NUMBER_BYTES);
  return Array.from({ length }, (_, index) => Number(element(index)));
}

const decoder = new TextDecoder();

/** Text of a string field as one line, paid from the budget; '' where it is absent. */
export function readText(context: ReadContext, raw: string | Uint8Array | null): string {
  if (!(raw instanceof Uint8Array)) return raw ?? '';
  context.budget.spend(2 * raw.length);
  return decoder.decode(raw).replace(/\p{Cc}/gu, ' ');
}

/** All tensors of a subgraph. Throws a FormatError with the tensor's index and name. */
export function readTensors(context: ReadContext, subgraph: schema.SubGraph): Tensor[] {
  const length = subgraph.tensorsLength();
  context.budget.spend(length * TENSOR_BYTES);
  return Array.from({ length }, (_, index) => readTensor(context, subgraph.tensors(index)!, index));
}

function readTensor(context: ReadContext, raw: schema.Tensor, index: number): Tensor {
  const name = readText(context, raw.name(Encoding.UTF8_BYTES));
  const where = `${context.file}: tensor ${index} (${quote(name)})`;
  const dtype = DTYPE_BY_CODE.get(raw.type());
  if (!dtype) throw new FormatError(`${where}: type ${raw.type()} is not one that the format defines`);
  const shape = readNumbers(context, raw.shapeLength(), (axis) => raw.shape(axis));
  const quantization = readQuantization(context, raw.quantization(), where);
  const signature = readNumbers(context, raw.shapeSignatureLength(), (axis) => raw.shapeSignature(axis));
  const isSparse = raw.sparsity() !== null;
  const bytes = readBuffer(context, raw.buffer(), where);
  const data = bytes && withoutRest({ shape, dtype, isSparse }, bytes);
  const tensor: Tensor = {
    name,
    shape,
    dtype,
    ...(quantization && { quantization }),
    ...(signature.includes(-1) && { shapeSignature: signature }),
    ...(raw.isVariable() && { isVariable: true }),
    ...(isSparse && { isSparse }),
    ...(data && { data, isConstant: true }),
  };
  if (isSparse) note(context, `tensor ${index} (${quote(name)}) is sparse; TFLite Micro does not read it`);
  return tensor;
}

const UNCOUNTED: readonly DType[] = ['string', 'resource', 'variant'];

/** A buffer may be longer than its tensor: nobody reads the rest. */
function withoutRest(tensor: Pick<Tensor, 'shape' | 'dtype' | 'isSparse'>, bytes: Uint8Array): Uint8Array {
  const expected = tensorBytes(tensor);
  const isWhole = tensor.isSparse || UNCOUNTED.includes(tensor.dtype) || !(expected < bytes.length);
  return isWhole || expected < 0 ? bytes : bytes.subarray(0, expected);
}

/**
 * Throws a FormatError for a tensor whose shape cannot be planned or whose data are too short. Tensors that no operator
 * touches are not asked: the interpreter does not look at them either.
 */
export function checkUsedTensor(file: string, tensor: Tensor, index: number): void {
  const { shape, dtype, data, isSparse, name } = tensor;
  const where = `${file}: tensor ${index} (${quote(name)})`;
  const text = shape.slice(0, 8).join(',');
  const odd = shape.find((dimension) => dimension < -1);
  if (odd !== undefined) throw new FormatError(`${where}: dimension ${odd} is below 0; the file is damaged`);
  if (shape.includes(-1)) {
    throw new FormatError(
      `${where}: its shape [${text}] is dynamic, which no microcontroller runs; export the model with fixed shapes`,
    );
  }
  if (elementCount(shape) * DTYPE_BYTES.complex128 > Number.MAX_SAFE_INTEGER) {
    throw new FormatError(`${where}: [${text}] elements cannot be counted; the file is damaged`);
  }
  if (data === undefined || isSparse || UNCOUNTED.includes(dtype)) return;
  const expected = tensorBytes(tensor);
  if (data.length >= expected) return;
  throw new FormatError(
    `${where}: ${data.length} bytes of data, but ${dtype} [${text}] takes ${expected}; the file is damaged`,
  );
}

/**
 * Scales and zero points as TensorFlow Lite Micro reads them: none where one of the two is missing, the first zero point
 * for all where there are not as many. Whether they fit is asked where a kernel uses them.
 */
function readQuantization(
  context: ReadContext,
  raw: schema.QuantizationParameters | null,
  where: string,
): Quantization | undefined {
  if (!raw) return undefined;
  if (raw.detailsType() !== 0) note(context, `${where} has custom quantization, which is not read`);
  const count = raw.scaleLength();
  const zeroPointCount = raw.zeroPointLength();
  if (count === 0 || zeroPointCount === 0) return undefined;
  const scales = readNumbers(context, count, (index) => raw.scale(index));
  const zeroPoints = readNumbers(context, count, (index) =>
    BigInt.asIntN(32, raw.zeroPoint(zeroPointCount === count ? index : 0)!),
  );
  return { scales, zeroPoints, axis: raw.quantizedDimension() };
}

/** A view of a buffer's bytes; undefined for an empty one, which is an activation's. */
function readBuffer(context: ReadContext, index: number, where: string): Uint8Array | undefined {
  const { model, bytes } = context;
  if (index === 0 && model.buffersLength() === 0) return undefined;
  if (index >= model.buffersLength()) {
    throw new FormatError(`${where}: buffer ${index} of ${model.buffersLength()}; the file is damaged`);
  }
  const buffer = model.buffers(index)!;
  if (buffer.dataLength() > 0) return buffer.dataArray()!;
  const offset = Number(buffer.offset());
  if (offset <= 1) return undefined;
  const end = offset + Number(buffer.size());
  if (end <= bytes.length) return bytes.subarray(offset, end);
  throw new FormatError(
    `${where}: truncated: its data ends at offset ${end}, the file at ${bytes.length}; download it again`,
  );
}
