import type { Pool2dAttributes } from '../../../models/graph/attributes.ts';
import type { TensorInfo } from '../../../models/graph/graph.ts';
import type { Kernel } from '../../definition/kernel.ts';
import type { Op } from '../../definition/op.ts';
import type { Operands } from '../../definition/operands.ts';
import { quantizedBounds } from '../../numbers/quantization.ts';
import { describeWindow } from '../../windows/window.ts';
import { byteBounds, floatBoundBits } from './parameters.ts';
import { perImage } from './weighted.ts';
import type { Workspace } from './workspace.ts';

/** Means of so many pixels are exact in single precision. */
const MOST_PIXELS = 2 ** 16;

/** Largest value or mean of int8 or float32, or undefined. */
export function prepareFastPool(
  attributes: Pool2dAttributes,
  inputs: Operands,
  output: TensorInfo,
  workspace: Workspace,
  op: Op,
): Kernel | undefined {
  const [input] = inputs;
  if (input === undefined || input.data !== undefined || input.dtype !== output.dtype) return undefined;
  if (input.dtype !== 'int8' && input.dtype !== 'float32') return undefined;
  const { filterH, filterW, activation } = attributes;
  if (filterH * filterW >= MOST_PIXELS) return undefined;
  const g = describeWindow(input, output, [filterH, filterW], attributes);
  const isFloat = input.dtype === 'float32';
  const bounds = isFloat
    ? floatBoundBits(activation)
    : byteBounds({ outputZero: 0, ...quantizedBounds(activation, output) });
  const image = [g.inH, g.inW, g.inC, g.outH, g.outW];
  const window = [filterH, filterW, g.strideH, g.strideW, g.padTop, g.padLeft];
  const isMean = Number(op.type === 'AVERAGE_POOL_2D');
  const block = workspace.store(Int32Array.from([...bounds, ...image, ...window, isMean]));
  const { poolBytes, poolFloats } = workspace.exports;
  return isFloat ? perImage(g, 4, block, poolFloats) : perImage(g, 1, block, poolBytes);
}
