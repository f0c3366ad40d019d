/** Maps of h x w x c. */
export interface Maps {
  readonly h: number;
  readonly w: number;
  readonly c: number;
}

/** Values of pixels with their channels together (H,W,C) as one channel after the other (C,H,W). */
export function toPlanar<T extends Uint8Array | Float32Array>(values: T, { h, w, c }: Maps): T {
  if (c === 1 || h * w === 1) return values;
  const planar = values.slice() as T;
  const area = h * w;
  for (let at = 0; at < values.length; at++) planar[(at % c) * area + Math.floor(at / c)] = values[at]!;
  return planar;
}
