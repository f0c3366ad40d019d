import type { KernelLimits } from '../definition/kernel-limits.ts';

/**
 * conv_common.cc and depthwise_conv_common.cc, Prepare: no hybrid, each scale has its zero point, and there is one scale or
 * one for each output; `axis` is that of the weights which counts them.
 */
export function weightedLimits(axis: number): KernelLimits {
  return {
    types: ['float32 float32 -> float32', 'int8 int8|int4 -> int8', 'int16 int8 -> int16'],
    scaled: [0, 1],
    check({ inputs: [, weights] }) {
      const scales = weights?.dtype === 'float32' ? 1 : (weights?.quantization?.scales.length ?? 1);
      const outputs = weights?.shape[axis];
      if (scales === 1 || scales === outputs) return undefined;
      return `weights with ${scales} scales for ${outputs} outputs; it takes one, or one for each`;
    },
  };
}
