import type { ElementwiseAttributes } from '../../../models/graph/attributes.ts';
import { elementCount, type TensorInfo } from '../../../models/graph/graph.ts';
import { addMultipliers } from '../../elementwise/binary.ts';
import type { Kernel } from '../../definition/kernel.ts';
import type { Operands } from '../../definition/operands.ts';
import { quantizedBounds, scaleOf } from '../../numbers/quantization.ts';
import { rescaleFields } from './parameters.ts';
import type { Workspace } from './workspace.ts';

const LIFT = 2 ** 20;

/** Zero point and rescaling of one operand; the lift by 2^20 is part of the left factor, wrapped to 32 bits. */
function operandFields(zeroPoint: number, multiplier: { q: number; e: number }): number[] {
  const [left, ...rest] = rescaleFields(multiplier);
  return [zeroPoint, Math.imul(left, LIFT), ...rest];
}

/** Sum of two int8 tensors of one shape, or undefined. */
export function prepareFastAdd(
  attributes: ElementwiseAttributes,
  inputs: Operands,
  output: TensorInfo,
  workspace: Workspace,
): Kernel | undefined {
  const [a, b] = inputs;
  if (a?.dtype !== 'int8' || b?.dtype !== 'int8' || output.dtype !== 'int8') return undefined;
  if (a.data !== undefined || b.data !== undefined || String(a.shape) !== String(b.shape)) return undefined;
  const { forA, forB, back } = addMultipliers(a, b, output);
  const { low, high } = quantizedBounds(attributes.activation, output);
  const block = workspace.store(
    Int32Array.from([
      scaleOf(output, 'output').zeroPoint,
      low,
      high,
      ...operandFields(scaleOf(a, 'first operand').zeroPoint, forA),
      ...operandFields(scaleOf(b, 'second operand').zeroPoint, forB),
      ...rescaleFields(back),
    ]),
  );
  const elements = elementCount(output.shape);
  const { add } = workspace.exports;
  return {
    run([dataA, dataB], [out]) {
      add(block, dataA.byteOffset, dataB.byteOffset, out.byteOffset, elements);
    },
  };
}
