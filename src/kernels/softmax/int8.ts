import type { SoftmaxAttributes } from '../../models/graph/attributes.ts';
import { elementCount, type TensorInfo } from '../../models/graph/graph.ts';
import { expOnNegativeValues, oneOverOnePlus } from '../numbers/fixed-point-functions.ts';
import { quantizeMultiplier, rdpot, shiftLeft, srdhm } from '../numbers/fixed-point.ts';
import { clamp } from '../../numbers.ts';
import type { Kernel, NumericData, Prepare } from '../definition/kernel.ts';
import { fail, operand } from '../definition/operands.ts';
import { integerRange, scaleOf } from '../numbers/quantization.ts';

/** Integer bits of the scaled difference (Q5.26) and of the sum of exponentials (Q12.19). */
const DIFFERENCE_BITS = 5;
const SUM_BITS = 12;

/** exp of every difference to the row's maximum, 0..-255, in Q0.31; 0 where it is below what TFLite sums. */
function tabulateExponentials(scale: number, beta: number): { exponentials: Int32Array; lowest: number } {
  const factor = Math.min(beta * scale * 2 ** (31 - DIFFERENCE_BITS), 2 ** 31 - 1);
  const { q, e } = quantizeMultiplier(factor);
  if (e < 0) fail(`a scale of ${scale} with beta ${beta} is too small for integer softmax`);
  const lowest = -Math.floor((((1 << DIFFERENCE_BITS) - 1) * 2 ** (31 - DIFFERENCE_BITS)) / 2 ** e);
  const exponentials = new Int32Array(256);
  for (let difference = 0; difference > -256 && difference >= lowest; difference--) {
    exponentials[-difference] = expOnNegativeValues(srdhm(shiftLeft(difference, e), q), DIFFERENCE_BITS);
  }
  return { exponentials, lowest };
}

function rowMaximum(input: NumericData, row: number, length: number): number {
  let max = input[row];
  for (let c = 1; c < length; c++) max = Math.max(max, input[row + c]);
  return max;
}

function checkOutput(output: TensorInfo): void {
  const { low } = integerRange(output.dtype);
  const { scale, zeroPoint } = scaleOf(output, 'output');
  const expected = output.dtype === 'int16' ? 2 ** -16 : 2 ** -8;
  if (zeroPoint === low && Math.abs(scale - expected) <= 0.001 * expected) return;
  fail(`output has scale ${scale} and zero point ${zeroPoint}, needs ${expected} and ${low}`);
}

/** Softmax of 8-bit inputs in gemmlowp's fixed point (TFLite reference_ops Softmax), 8- or 16-bit outputs. */
export const prepareSoftmaxInt8: Prepare<SoftmaxAttributes> = (attributes, inputs, [output]): Kernel => {
  const tensor = operand(inputs, 0, 'input');
  checkOutput(output);
  const { low, high } = integerRange(output.dtype);
  const outputBits = output.dtype === 'int16' ? 16 : 8;
  const { exponentials, lowest } = tabulateExponentials(
    scaleOf(tensor, 'input').scale,
    Math.fround(attributes.beta),
  );
  const length = tensor.shape[tensor.shape.length - 1];
  const elements = elementCount(tensor.shape);
  return {
    run([input], [out]) {
      for (let row = 0; row < elements; row += length) {
        const max = rowMaximum(input, row, length);
        let sum = 0;
        for (let c = 0; c < length; c++)
          sum = (sum + rdpot(exponentials[max - input[row + c]], SUM_BITS)) | 0;
        const headroom = Math.clz32(sum);
        const reciprocal = oneOverOnePlus(((sum << headroom) - 2 ** 31) | 0);
        const exponent = SUM_BITS - headroom + 31 - outputBits;
        for (let c = 0; c < length; c++) {
          const difference = max - input[row + c];
          const share = rdpot(srdhm(reciprocal, exponentials[difference]), exponent);
          out[row + c] = -difference < lowest ? low : clamp(share + low, low, high);
        }
      }
    },
  };
};
