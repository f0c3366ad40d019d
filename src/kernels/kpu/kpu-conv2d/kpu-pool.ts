/** What a pool type of the KPU does (docs/hardware/k210.md#pooling). */
export interface KpuPool {
  readonly kind: 'none' | 'max' | 'mean' | 'left-top' | 'right-top';
  readonly window: number;
  readonly stride: number;
}

/** By the number in the layer word. */
export const KPU_POOLS: readonly KpuPool[] = [
  { kind: 'none', window: 1, stride: 1 },
  { kind: 'max', window: 2, stride: 2 },
  { kind: 'mean', window: 2, stride: 2 },
  { kind: 'max', window: 4, stride: 4 },
  { kind: 'mean', window: 4, stride: 4 },
  { kind: 'left-top', window: 2, stride: 2 },
  { kind: 'right-top', window: 2, stride: 2 },
  { kind: 'left-top', window: 4, stride: 4 },
  { kind: 'mean', window: 2, stride: 1 },
  { kind: 'max', window: 2, stride: 1 },
];

export interface Plane {
  readonly height: number;
  readonly width: number;
}

/**
 * Pools one map of bytes into `output` from `at`. Means truncate; behind the right and bottom edge a window of stride 1
 * sees the edge pixel again, which leaves a maximum as it is.
 */
export function poolMap(pool: KpuPool, map: Uint8Array, plane: Plane, output: Uint8Array, at: number): void {
  if (pool.kind === 'max' && pool.window === 2 && pool.stride === 2)
    return maxPool2x2(map, plane, output, at);
  const { height, width } = plane;
  const [outHeight, outWidth] = [Math.floor(height / pool.stride), Math.floor(width / pool.stride)];
  const reduce = REDUCERS[pool.kind];
  for (let y = 0; y < outHeight; y++) {
    for (let x = 0; x < outWidth; x++) {
      output[at++] = reduce(map, plane, y * pool.stride, x * pool.stride, pool.window);
    }
  }
}

/** The usual pool, written out. */
function maxPool2x2(map: Uint8Array, { height, width }: Plane, output: Uint8Array, at: number): void {
  for (let y = 0; y + 1 < height; y += 2) {
    for (let left = y * width; left + 1 < (y + 1) * width; left += 2) {
      const top = Math.max(map[left], map[left + 1]);
      const bottom = Math.max(map[left + width], map[left + width + 1]);
      output[at++] = Math.max(top, bottom);
    }
  }
}

type Reducer = (map: Uint8Array, plane: Plane, top: number, left: number, window: number) => number;

const REDUCERS: Readonly<Record<KpuPool['kind'], Reducer>> = {
  none: (map, { width }, y, x) => map[y * width + x],
  max: maxOf,
  mean: meanOf,
  'left-top': (map, { width }, y, x) => map[y * width + x],
  'right-top': (map, { width }, y, x) => map[y * width + x + 1],
};

function maxOf(map: Uint8Array, { height, width }: Plane, top: number, left: number, window: number): number {
  let most = 0;
  for (let y = top; y < Math.min(top + window, height); y++) {
    for (let x = left; x < Math.min(left + window, width); x++) {
      const value = map[y * width + x];
      if (value > most) most = value;
    }
  }
  return most;
}

function meanOf(
  map: Uint8Array,
  { height, width }: Plane,
  top: number,
  left: number,
  window: number,
): number {
  let sum = 0;
  for (let y = top; y < top + window; y++) {
    const row = Math.min(y, height - 1) * width;
    for (let x = left; x < left + window; x++) sum += map[row + Math.min(x, width - 1)];
  }
  return Math.trunc(sum / (window * window));
}
