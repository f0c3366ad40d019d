import { extname } from 'node:path';
import { FormatError, SpecError } from '../../errors.ts';
import type { InputValues } from '../../kernels/execute/executor-input.ts';
import { ARRAY_TYPES, type TensorData } from '../../kernels/definition/kernel.ts';
import { elementCount, tensorBytes, type DType, type Graph, type Tensor } from '../../models/graph/graph.ts';
import { PICTURE_KINDS, readPicture } from '../../pictures/read-picture.ts';
import { readBytes, readText } from '../inputs.ts';
import { drawnInput, isDrawn } from './drawn-inputs.ts';

const KINDS = ['.json', '.bin', '.npy', ...PICTURE_KINDS];

/** An input tensor of the model with its position, as messages name it. */
interface Target {
  readonly tensor: Tensor;
  readonly label: string;
  readonly position: number;
}

function describeTensor({ dtype, shape }: Tensor): string {
  return `${dtype} [${shape.join(', ')}]`;
}

/** Elements of raw little-endian bytes. Throws a SpecError for a type that cannot be computed on. */
export function typedArray(bytes: Uint8Array, dtype: DType, label: string): TensorData {
  const ArrayOf = ARRAY_TYPES[dtype];
  if (!ArrayOf) throw new SpecError(`${label} is ${dtype}, which no arithmetic is written for`);
  const copy = new Uint8Array(bytes).buffer;
  return new ArrayOf(copy, 0, copy.byteLength / new ArrayOf(copy, 0, 0).BYTES_PER_ELEMENT);
}

async function readRaw(path: string, { tensor, label }: Target): Promise<TensorData> {
  const bytes = await readBytes(path);
  const expected = tensorBytes(tensor);
  if (bytes.length === expected) return typedArray(bytes, tensor.dtype, label);
  throw new SpecError(
    `${path}: ${label} is ${describeTensor(tensor)} and needs ${expected} bytes, the file has ${bytes.length}`,
  );
}

/** Equal but for leading ones, which a single image may leave out. */
function isSameShape(a: readonly number[], b: readonly number[]): boolean {
  const core = (shape: readonly number[]) => shape.slice(shape.findIndex((dimension) => dimension !== 1));
  return core(a).join() === core(b).join() && elementCount(a) === elementCount(b);
}

async function readArrayFile(path: string, { tensor, label }: Target): Promise<TensorData> {
  const { readNpy } = await import('../../models/formats/npy.ts');
  const { dtype, shape, bytes } = readNpy(await readBytes(path), path);
  if (dtype === tensor.dtype && isSameShape(shape, tensor.shape)) return typedArray(bytes, dtype, label);
  throw new SpecError(
    `${path}: ${label} is ${describeTensor(tensor)}, the file holds ${dtype} [${shape.join(', ')}]`,
  );
}

async function readPixels(path: string, { tensor }: Target, firmware: string): Promise<TensorData> {
  const { convertImage } = await import('../../deploy/camera/index.ts');
  return convertImage(readPicture(await readBytes(path), path), tensor, firmware);
}

/** JSON with the NaN and Infinity that Python writes, as strings, so that the tensor's own check can name them. */
async function readLooseJson(path: string): Promise<unknown> {
  const text = (await readText(path)).replace(/(?<=[[,:\s])-?(?:NaN|Infinity)(?=[\],}\s])/g, '"$&"');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new FormatError(`${path}: is not JSON: ${(error as Error).message}`);
  }
}

function shapeOfNested(value: unknown): number[] {
  return Array.isArray(value) ? [value.length, ...shapeOfNested(value[0])] : [];
}

const NUMBER_TEXTS = new Set(['NaN', 'Infinity', '-Infinity']);

function toNumber(value: unknown, at: number, label: string, path: string): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean' || NUMBER_TEXTS.has(value as string)) return Number(value);
  throw new SpecError(`${path}: ${label} holds ${JSON.stringify(value)} at element ${at}; write a number`);
}

/** Numbers of a flat list, or of a nested one in the tensor's shape; stored values where the tensor is quantized. */
function fromJson(value: unknown, { tensor, label }: Target, path: string): number[] {
  if (!Array.isArray(value)) {
    throw new SpecError(`${path}: ${label} is ${describeTensor(tensor)}; write a list of numbers`);
  }
  const shape = shapeOfNested(value);
  const flat = value.flat(shape.length) as unknown[];
  if (shape.length > 1 && (elementCount(shape) !== flat.length || !isSameShape(shape, tensor.shape))) {
    throw new SpecError(`${path}: ${label} is ${describeTensor(tensor)}, the list is [${shape.join(', ')}]`);
  }
  return flat.map((item, at) => toNumber(item, at, label, path));
}

async function readOne(path: string, target: Target, firmware: string): Promise<InputValues> {
  if (isDrawn(path)) return drawnInput(path, target.tensor, target.position);
  const kind = extname(path).toLowerCase();
  if (kind === '.json') return fromJson(await readLooseJson(path), target, path);
  if (kind === '.bin') return readRaw(path, target);
  if (kind === '.npy') return readArrayFile(path, target);
  if (PICTURE_KINDS.includes(kind)) return readPixels(path, target, firmware);
  throw new SpecError(
    `--input ${path}: unknown kind of file; choose from ${KINDS.join(' ')}, or write zeros or random:1`,
  );
}

function isByName(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A JSON object with a list for each input's name. */
function readNamed(document: Record<string, unknown>, targets: readonly Target[], path: string): number[][] {
  const names = targets.map(({ tensor }) => tensor.name);
  const stray = Object.keys(document).find((name) => !names.includes(name));
  if (stray !== undefined) {
    throw new SpecError(`${path}: the model has no input "${stray}"; its inputs are ${names.join(', ')}`);
  }
  return targets.map((target) => fromJson(document[target.tensor.name], target, path));
}

/**
 * Values for every input of a model from the files of --input, one a file in the model's order, one JSON object by name,
 * or `zeros` or `random:SEED` for all of them. Throws a SpecError or FormatError of one line that names file and tensor.
 */
export async function readInputs(
  graph: Pick<Graph, 'inputs' | 'tensors'>,
  paths: readonly string[],
  firmware: string,
): Promise<InputValues[]> {
  const targets = graph.inputs.map((index, position): Target => {
    const tensor = graph.tensors[index];
    return { tensor, position, label: `input ${position} "${tensor.name}"` };
  });
  if (paths.length === 1 && extname(paths[0]).toLowerCase() === '.json') {
    const document = await readLooseJson(paths[0]);
    if (isByName(document)) return readNamed(document, targets, paths[0]);
  }
  const [first] = paths;
  if (paths.length === 1 && isDrawn(first))
    return targets.map((_, at) => drawnInput(first, targets[at].tensor, at));
  if (paths.length !== targets.length) {
    const names = targets.map(({ tensor }) => `"${tensor.name}"`).join(', ');
    throw new SpecError(
      `--input: got ${paths.length}, the model takes ${targets.length} (${names}); give one file for each, in this order`,
    );
  }
  return Promise.all(targets.map((target, position) => readOne(paths[position], target, firmware)));
}
