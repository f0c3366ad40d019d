import { rdpot, saturatingShiftLeft, srdhm, type QuantizedMultiplier } from './fixed-point.ts';

const HALF_THREE = (1 << 28) + (1 << 27);
const HALF_ROOT_OF_2 = 1518500250;
const ONE_IN_Q3 = 1 << 28;

/** Five steps of Newton's iteration from 1, in Q3.28, for an input of Q3.28 between 1/4 and 1. */
function newton(input: number): number {
  const half = rdpot(input, 1);
  let x = ONE_IN_Q3;
  for (let step = 0; step < 5; step++) {
    const cube = saturatingShiftLeft(srdhm(srdhm(x, x), x), 6);
    x = saturatingShiftLeft((srdhm(HALF_THREE, x) - srdhm(half, cube)) | 0, 3);
  }
  return srdhm(x, HALF_ROOT_OF_2);
}

/** 1 / sqrt of an int32 from 0 up in fixed point; 0 counts as 1 (TFLite common.h, GetInvSqrtQuantizedMultiplierExp). */
export function inverseRoot(value: number): QuantizedMultiplier {
  if (value <= 1) return { q: 2 ** 31 - 1, e: 0 };
  let input = value;
  let shift = 11;
  for (; input >= 1 << 29; input = Math.trunc(input / 4)) shift++;
  const pairs = ((Math.clz32(input) - 1) >> 1) - 1;
  shift -= pairs;
  const root = newton((input << (2 * pairs)) >> 1);
  return shift < 0 ? { q: root << -shift, e: 0 } : { q: root, e: -shift };
}
