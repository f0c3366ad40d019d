import type { Offload } from '../../boards/accelerators/offload.ts';
import { placeOn } from '../../boards/accelerators/load-program-kernels.ts';
import type { ProgramUnit } from '../../boards/board/board.ts';
import type { KernelCall } from '../../kernels/definition/kernel-limits.ts';
import { convOutSize } from '../../models/graph/shapes.ts';
import type { Padding } from '../../models/graph/attributes.ts';
import type { TensorInfo } from '../../models/graph/graph.ts';
import type { MeasuredRow } from '../population/measured-rows.ts';

const numbersIn = (text: string): number[] => (text.match(/\d+/g) ?? []).map(Number);
const int8 = (...shape: number[]): TensorInfo => ({ shape, dtype: 'int8' });
const map = (text: string): TensorInfo => int8(1, ...numbersIn(text));

/** How a row's window slides. Rows of pools print width before height where that is what fits their output. */
function windowOf({ in_shape, out_shape, kernel, stride, pad }: MeasuredRow) {
  const padding: Padding = pad === 'same' ? 'SAME' : 'VALID';
  const [inH, inW] = numbersIn(in_shape);
  const [outH, outW] = numbersIn(out_shape);
  const sides = numbersIn(kernel);
  const steps = numbersIn(stride);
  const fits = ([h, w]: number[], [sH, sW]: number[]): boolean =>
    convOutSize(inH, h, sH, 1, padding) === outH && convOutSize(inW, w, sW, 1, padding) === outW;
  const isTurned = !fits(sides, steps) && fits(sides.toReversed(), steps.toReversed());
  const [kernelH, kernelW] = isTurned ? sides.toReversed() : sides;
  const [strideH, strideW] = isTurned ? steps.toReversed() : steps;
  return { kernelH, kernelW, slide: { padding, strideH, strideW, dilationH: 1, dilationW: 1 } };
}

type CallOf = (row: MeasuredRow) => KernelCall;

const convolved =
  (filter: (row: MeasuredRow, kernelH: number, kernelW: number) => TensorInfo): CallOf =>
  (row) => {
    const { kernelH, kernelW, slide } = windowOf(row);
    const inputs = [map(row.in_shape), filter(row, kernelH, kernelW)];
    return { inputs, outputs: [map(row.out_shape)], attributes: { ...slide, activation: 'NONE' } };
  };

const pooled: CallOf = (row) => {
  const { kernelH, kernelW, slide } = windowOf(row);
  const attributes = { ...slide, filterH: kernelH, filterW: kernelW, activation: 'NONE' };
  return { inputs: [map(row.in_shape)], outputs: [map(row.out_shape)], attributes };
};

const channels = (text: string): number => numbersIn(text).at(-1)!;

/**
 * The second operand as the row's notes have it, of one value where they name none. Where they are left out, it is of the
 * same shape if the accelerator counted cycles: with another it does not take the operator.
 */
const pair: CallOf = (row) => {
  const said = /second input ([\dx]*)/.exec(row.notes)?.[1];
  const second = said ?? (Number(row.acc_cycles) > 0 ? row.out_shape : '');
  const inputs = [map(row.in_shape), map(second)];
  return { inputs, outputs: [map(row.out_shape)], attributes: { activation: 'NONE' } };
};

/** Operators by their names in the rows. */
const CALLS: Readonly<Record<string, readonly [op: string, call: CallOf]>> = {
  conv2d: ['CONV_2D', convolved((row, h, w) => int8(channels(row.out_shape), h, w, channels(row.in_shape)))],
  depthwise_conv2d: ['DEPTHWISE_CONV_2D', convolved((row, h, w) => int8(1, h, w, channels(row.out_shape)))],
  dense: [
    'FULLY_CONNECTED',
    ({ in_shape, out_shape }) => ({
      inputs: [map(in_shape), int8(channels(out_shape), channels(in_shape))],
      outputs: [map(out_shape)],
      attributes: {},
    }),
  ],
  maxpool: ['MAX_POOL_2D', pooled],
  avgpool: ['AVERAGE_POOL_2D', pooled],
  add: ['ADD', pair],
  mul: ['MUL', pair],
};

/** What an accelerator's library makes of a published layer; undefined where the core runs it. */
export function layerOffload(row: MeasuredRow, unit: ProgramUnit): Offload | undefined {
  const found = CALLS[row.op];
  if (found === undefined) return undefined;
  const [op, callOf] = found;
  return placeOn(unit, op, callOf(row)).offload;
}
