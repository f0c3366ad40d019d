import type { KernelLimits } from '../definition/kernel-limits.ts';

/** conv_common.cc, depthwise_conv_common.cc, ConvPrepare: no hybrid, and each scale has its zero point. */
export const WEIGHTED_LIMITS: KernelLimits = {
  types: ['float32 float32 -> float32', 'int8 int8|int4 -> int8', 'int16 int8 -> int16'],
  scaled: [0, 1],
};
