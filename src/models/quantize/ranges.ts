import { SpecError } from '../../errors.ts';
import { clamp, roundHalfAway, type ValueRange } from '../../numbers.ts';
import type { Quantization } from '../graph/graph.ts';

export const INT8_MIN = -128;
export const INT8_MAX = 127;

/** Extends a range by values; `where` names the tensor. Throws a SpecError for a value that is no finite number. */
export function extendRange(
  range: ValueRange | undefined,
  values: ArrayLike<number>,
  where: string,
): ValueRange {
  let low = range?.low ?? Infinity;
  let high = range?.high ?? -Infinity;
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (!Number.isFinite(value)) {
      throw new SpecError(
        `${where} is ${value} at element ${index}; calibrate with images that the network can take`,
      );
    }
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return { low, high };
}

/**
 * Scale and zero point of an asymmetric int8 tensor, as TFLite's ChooseQuantizationParams: the range is widened to
 * include zero, which is then hit exactly; of the zero points that either end asks for, the one with the smaller error.
 */
export function asymmetricInt8(range: ValueRange): Quantization {
  const low = Math.min(range.low, 0);
  // A tensor of zeros has no range of its own.
  const high = low === 0 && range.high <= 0 ? 1 : Math.max(range.high, 0);
  const scale = (high - low) / (INT8_MAX - INT8_MIN);
  const fromLow = INT8_MIN - low / scale;
  const fromHigh = INT8_MAX - high / scale;
  const lowError = Math.abs(INT8_MIN) + Math.abs(low / scale);
  const highError = Math.abs(INT8_MAX) + Math.abs(high / scale);
  const zeroPoint = roundHalfAway(lowError < highError ? fromLow : fromHigh);
  return {
    scales: [Math.fround(scale)],
    zeroPoints: [clamp(zeroPoint, INT8_MIN, INT8_MAX)],
    axis: 0,
  };
}
