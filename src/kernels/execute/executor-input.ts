import { SpecError } from '../../errors.ts';
import { elementCount, type Tensor } from '../../models/graph/graph.ts';
import type { NumericData, TensorData } from '../definition/kernel.ts';
import { shapeText } from '../definition/operands.ts';
import { integerRange } from '../numbers/quantization.ts';

/** Values for one input: an array of the tensor's own type, or plain numbers that the type can hold. */
export type InputValues = TensorData | ArrayLike<number>;

function failInput(tensor: Tensor, position: number, detail: string): never {
  throw new SpecError(`input ${position} "${tensor.name}" ${detail}`);
}

function checkFloats(tensor: Tensor, position: number, values: ArrayLike<number>): void {
  for (let at = 0; at < values.length; at++) {
    if (Number.isNaN(values[at]))
      failInput(tensor, position, `holds NaN at element ${at}; replace it by a number`);
  }
}

function checkIntegers(tensor: Tensor, position: number, values: ArrayLike<number>): void {
  const { low, high } = tensor.dtype === 'bool' ? { low: 0, high: 1 } : integerRange(tensor.dtype);
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    if (Number.isInteger(value) && value >= low && value <= high) continue;
    failInput(
      tensor,
      position,
      `holds ${value} at element ${at}, ${tensor.dtype} needs integers ${low} to ${high}`,
    );
  }
}

/** 64 bits hold whatever whole number a double does; larger ones wrap. */
function checkWhole(tensor: Tensor, position: number, values: ArrayLike<number>): void {
  for (let at = 0; at < values.length; at++) {
    if (Number.isInteger(values[at])) continue;
    failInput(tensor, position, `holds ${values[at]} at element ${at}, ${tensor.dtype} needs integers`);
  }
}

/**
 * Copies one input's values to its place. Throws a SpecError that names the tensor and what is wrong with its count,
 * type or values (NaN, integers outside of the type).
 */
export function fillInput(tensor: Tensor, position: number, to: TensorData, values: InputValues): void {
  const elements = elementCount(tensor.shape);
  if (values.length !== elements) {
    const expected = `${elements} values for its shape ${shapeText(tensor.shape)}`;
    failInput(tensor, position, `got ${values.length} values, needs ${expected}`);
  }
  if (values.constructor === to.constructor) {
    if (to instanceof Float32Array) checkFloats(tensor, position, values as NumericData);
    (to as NumericData).set(values as NumericData);
    return;
  }
  if (ArrayBuffer.isView(values)) {
    failInput(
      tensor,
      position,
      `is ${tensor.dtype}, got a ${values.constructor.name}; give a ${to.constructor.name}`,
    );
  }
  if (to instanceof BigInt64Array || to instanceof BigUint64Array) {
    checkWhole(tensor, position, values);
    to.set(Array.from(values, BigInt));
    return;
  }
  const check = to instanceof Float32Array || to instanceof Float64Array ? checkFloats : checkIntegers;
  check(tensor, position, values);
  to.set(values);
}
