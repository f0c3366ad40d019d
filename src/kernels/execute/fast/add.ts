import type { ElementwiseAttributes } from '../../../models/graph/attributes.ts';
import { elementCount, type TensorInfo } from '../../../models/graph/graph.ts';
import { addMultipliers } from '../../elementwise/binary.ts';
import type { Kernel } from '../../definition/kernel.ts';
import type { Operands } from '../../definition/operands.ts';
import type { QuantizedMultiplier } from '../../numbers/fixed-point.ts';
import { quantizedBounds, scaleOf } from '../../numbers/quantization.ts';
import { byteBounds, floatBoundBits } from './parameters.ts';
import { hasUsualZeros } from './weighted.ts';
import type { Workspace } from './workspace.ts';

/** Longest shift to the right with which zero points in the place of the rounded bits stay below 2^31. */
const LONGEST_SHIFT = 22;

function isPlainShift({ q, e }: QuantizedMultiplier): boolean {
  return q > 0 && e <= 0 && e >= -LONGEST_SHIFT;
}

/** q, what is added to the upper word and to that of negative ones, and the shift: wasm/requantize.as with R = r + 2. */
function shiftFields({ q, e }: QuantizedMultiplier, zeroPoint: number): number[] {
  const shift = 1 - e;
  const zero = zeroPoint * 2 ** shift;
  return e === 0 ? [q, 1 + zero, 0, shift] : [q, 1 + 2 ** -e + zero, -2, shift];
}

function storeFields(
  { activation }: ElementwiseAttributes,
  [a, b]: readonly [TensorInfo, TensorInfo],
  output: TensorInfo,
  workspace: Workspace,
): number | undefined {
  const { forA, forB, back } = addMultipliers(a, b, output);
  if (![forA, forB, back].every(isPlainShift) || ![a, b, output].every(hasUsualZeros)) return undefined;
  const outputZero = scaleOf(output, 'output').zeroPoint;
  const operandFields = (tensor: TensorInfo, multiplier: QuantizedMultiplier) => [
    scaleOf(tensor, 'operand').zeroPoint,
    ...shiftFields(multiplier, 0),
  ];
  return workspace.store(
    Int32Array.from([
      ...byteBounds({ outputZero, ...quantizedBounds(activation, output) }),
      ...operandFields(a, forA),
      ...operandFields(b, forB),
      ...shiftFields(back, outputZero),
    ]),
  );
}

/** Sum of two int8 or float32 tensors of one shape, or undefined. */
export function prepareFastAdd(
  attributes: ElementwiseAttributes,
  [a, b]: Operands,
  output: TensorInfo,
  workspace: Workspace,
): Kernel | undefined {
  if (a === undefined || b === undefined || a.data !== undefined || b.data !== undefined) return undefined;
  if (a.dtype !== b.dtype || a.dtype !== output.dtype || String(a.shape) !== String(b.shape))
    return undefined;
  if (a.dtype !== 'int8' && a.dtype !== 'float32') return undefined;
  const isFloat = a.dtype === 'float32';
  const block = isFloat
    ? workspace.store(Int32Array.from(floatBoundBits(attributes.activation)))
    : storeFields(attributes, [a, b], output, workspace);
  if (block === undefined) return undefined;
  const elements = elementCount(output.shape);
  const add = isFloat ? workspace.exports.addFloats : workspace.exports.add;
  return {
    run([dataA, dataB], [out]) {
      add(block, dataA.byteOffset, dataB.byteOffset, out.byteOffset, elements);
    },
  };
}
