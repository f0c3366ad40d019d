import type { Site } from '../../models/formats/tflite/op-versions.ts';
import type { Tensor } from '../../models/graph/graph.ts';

/** Versions by type of the first operand that many operators have. */
export const INT8 = { int8: 2 };
export const INT8_INT16 = { int8: 2, int16: 3 };
export const MAX_PLAIN_RANK = 4;

export const isPerChannel = (tensor: Tensor | undefined): boolean =>
  (tensor?.quantization?.scales.length ?? 0) > 1;
export const rankOf = (tensor: Tensor | undefined): number => tensor?.shape.length ?? 0;
export const isInt16 = (site: Site): boolean => site.inputs[0]?.dtype === 'int16';

/** Float activations with int8 weights. */
export const isHybrid = ({ inputs, outputs }: Site): boolean =>
  inputs[0]?.dtype === 'float32' && inputs[1]?.dtype === 'int8' && outputs[0].dtype === 'float32';

/** Version 3 where operands of more than 4 dimensions broadcast. */
export function wideBroadcast({ inputs: [a, b] }: Site): number | undefined {
  const isWide = Math.max(rankOf(a), rankOf(b)) > MAX_PLAIN_RANK && String(a?.shape) !== String(b?.shape);
  return isWide ? 3 : undefined;
}
