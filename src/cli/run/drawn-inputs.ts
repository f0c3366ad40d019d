import { SpecError } from '../../errors.ts';
import { ARRAY_TYPES, type TensorData } from '../../kernels/definition/kernel.ts';
import { elementCount, tensorBytes, type DType, type Tensor } from '../../models/graph/graph.ts';
import { seededWords } from '../../seeded-random.ts';

const ZEROS = 'zeros';
const RANDOM = /^random:(\d{1,10})$/;

/** Smallest value and count of values of the types that are drawn from whole numbers; the wider ones may be indices. */
const RANGES: Readonly<Partial<Record<DType, readonly [low: number, count: number]>>> = {
  int8: [-128, 256],
  uint8: [0, 256],
  int16: [-32768, 65536],
  uint16: [0, 65536],
  int32: [0, 10],
  uint32: [0, 10],
  int64: [0, 10],
  uint64: [0, 10],
  bool: [0, 2],
};

/** Whether a word of --input asks for values that no file holds. */
export function isDrawn(word: string): boolean {
  return word === ZEROS || word.startsWith('random:');
}

/** Seed of `random:SEED`; undefined for zeros. Throws a SpecError for another word. */
function seedOf(word: string): number | undefined {
  if (word === ZEROS) return undefined;
  const seed = RANDOM.exec(word)?.[1];
  if (seed !== undefined) return Number(seed);
  throw new SpecError(`--input ${word}: write a whole number behind random:, as in random:1`);
}

function drawn(values: TensorData, dtype: DType, draw: () => number): TensorData {
  const [low, count] = RANGES[dtype] ?? [-1, 2];
  const next = RANGES[dtype] ? () => low + (draw() % count) : () => low + (draw() / 2 ** 32) * count;
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
    for (let at = 0; at < values.length; at++) values[at] = BigInt(next());
  } else {
    for (let at = 0; at < values.length; at++) values[at] = next();
  }
  return values;
}

/**
 * Values for an input without a file: zeros as they are stored, or drawn from a seed that also hangs on the input's
 * position: floats from -1 to 1, integers of 8 and 16 bits from their whole range, wider ones from 0 to 9.
 */
export function drawnInput(word: string, tensor: Tensor, position: number): TensorData {
  const { dtype, shape, name } = tensor;
  const seed = seedOf(word);
  const ArrayOf = ARRAY_TYPES[dtype];
  if (!ArrayOf) throw new SpecError(`input "${name}" is ${dtype}, which no arithmetic is written for`);
  const values = new ArrayOf(new ArrayBuffer(tensorBytes(tensor)), 0, elementCount(shape));
  return seed === undefined ? values : drawn(values, dtype, seededWords(seed + 0x9e3779b9 * position));
}
