import type { KernelLimits } from '../definition/kernel-limits.ts';
import type { DType } from '../../models/graph/graph.ts';

/** Scale and zero point that the kernel writes, by the types of input and output (softmax_common.cc). */
const WRITTEN: Readonly<Record<string, readonly [scale: number, zeroPoint: number] | undefined>> = {
  'int8 int8': [2 ** -8, -128],
  'int8 int16': [2 ** -16, -32768],
  'int16 int16': [2 ** -15, 0],
};

const writtenFor = (from: DType | undefined, to: DType) => WRITTEN[`${from} ${to}`];

export const SOFTMAX_LIMITS: KernelLimits = {
  types: ['float32 -> float32', 'int8 -> int8|int16', 'int16 -> int16'],
  check({ inputs: [input], outputs: [{ dtype, quantization }] }) {
    const written = writtenFor(input?.dtype, dtype);
    if (written === undefined || quantization === undefined) return undefined;
    const [scale, zeroPoint] = written;
    const [gotScale, gotZero] = [quantization.scales[0], quantization.zeroPoints[0]];
    if (gotZero === zeroPoint && Math.abs(gotScale - scale) <= 0.001 * scale) return undefined;
    return `an output of scale ${gotScale} and zero point ${gotZero}; it takes ${scale} and ${zeroPoint}`;
  },
};
