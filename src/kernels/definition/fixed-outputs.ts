import type { Quantization } from '../../models/graph/graph.ts';

/** int8 outputs from 0 to 1: one object, for groups of tensors that share a scale compare it by identity. */
export const UNIT_INTERVAL: Quantization = { scales: [1 / 256], zeroPoints: [-128], axis: 0 };
