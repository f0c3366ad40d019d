import {
  convGeometry,
  type ActivationTable,
  type ConvSections,
} from '../../../models/formats/kmodel/conv-body.ts';
import type { TieMode } from './activation.ts';
import type { KpuRanges } from './layer.ts';
import { KPU_POOLS } from './kpu-pool.ts';

/** What a layer gives by its formulas: its maps, and the least and largest sum before and after batch norm. */
export interface ReferenceRun {
  readonly output: Uint8Array;
  readonly ranges: KpuRanges;
}

/**
 * The layer as its formulas are written (docs/hardware/k210.md#kpu-arithmetic), in arbitrary integers and without any
 * shortcut: slow, and there only to be compared with. Weights of 8 bits, or 16 little-endian.
 */
export function kpuConvReference(
  sections: ConvSections,
  weightBits: 8 | 16,
  ties: TieMode,
  input: Uint8Array,
): ReferenceRun {
  const { inH, inW, outC, outH, outW, poolType } = convGeometry(sections.words);
  const of = (count: number) => Array.from({ length: count }, (_, index) => index);
  const sums = of(outC).map((o) => of(inH * inW).map((p) => accumulate(sections, weightBits, input, o, p)));
  const normed = sums.map((map, o) => map.map((acc) => batchNorm(sections, o, acc)));
  const output = normed.flatMap((map) => {
    const activated = map.map((b) => activateOne(sections.activation, ties, b));
    return of(outH * outW).map((p) =>
      poolOne(activated, { inH, inW, poolType, y: Math.floor(p / outW), x: p % outW }),
    );
  });
  return { output: Uint8Array.from(output, Number), ranges: rangesOf(sums.flat(), normed.flat()) };
}

function rangesOf(sums: readonly bigint[], normed: readonly bigint[]): KpuRanges {
  const ends = (values: readonly bigint[]): [number, number] => {
    const pick = (isBetter: (a: bigint, b: bigint) => boolean) =>
      Number(values.reduce((best, value) => (isBetter(value, best) ? value : best)));
    return [pick((a, b) => a < b), pick((a, b) => a > b)];
  };
  const [[accMin, accMax], [normMin, normMax]] = [ends(sums), ends(normed)];
  return { accMin, accMax, normMin, normMax };
}

function accumulate(
  { words, weights }: ConvSections,
  bits: 8 | 16,
  input: Uint8Array,
  o: number,
  p: number,
): bigint {
  const { inC, inH, inW, kernel, depthwise } = convGeometry(words);
  const channels = depthwise ? 1 : inC;
  const half = (kernel - 1) / 2;
  let [sumWX, sumX, sumW] = [0n, 0n, 0n];
  for (let tap = 0; tap < channels * kernel * kernel; tap++) {
    const c = Math.floor(tap / (kernel * kernel)) + (depthwise ? o : 0);
    const y = Math.floor(p / inW) + (Math.floor(tap / kernel) % kernel) - half;
    const x = (p % inW) + (tap % kernel) - half;
    const isInside = y >= 0 && y < inH && x >= 0 && x < inW;
    const value = BigInt(isInside ? input[(c * inH + y) * inW + x] : words.kernel_pool_type_cfg.pad_value);
    const at = o * channels * kernel * kernel + tap;
    const weight = BigInt(bits === 8 ? weights[at] : weights[2 * at] + 256 * weights[2 * at + 1]);
    sumWX += weight * value;
    sumX += value;
    sumW += weight;
  }
  const { arg_x, shr_x, arg_w, shr_w } = words.conv_value;
  return (
    sumWX +
    ((BigInt(arg_x) * sumX) >> BigInt(shr_x)) +
    ((BigInt(arg_w) * sumW) >> BigInt(shr_w)) +
    BigInt(words.conv_value2.arg_add) * BigInt(channels)
  );
}

function batchNorm(sections: ConvSections, o: number, acc: bigint): bigint {
  const { norm_mul, norm_shift, norm_add } = sections.batchNorm[o];
  return ((acc * BigInt(norm_mul)) >> BigInt(norm_shift)) + BigInt(norm_add);
}

function activateOne({ segments, result_bias }: ActivationTable, ties: TieMode, b: bigint): bigint {
  const isPast = (start: number): boolean => (ties === 'half-even' ? BigInt(start) < b : BigInt(start) <= b);
  const chosen = Math.max(
    0,
    segments.findLastIndex(({ x_start }) => isPast(x_start)),
  );
  const { x_start, y_mul, shift_number } = segments[chosen];
  const s = BigInt(shift_number);
  const v = (b - BigInt(x_start)) * BigInt(y_mul);
  const t = v >> s;
  const f = v - (t << s);
  const h = s > 0n ? 1n << (s - 1n) : 0n;
  const isUp = s > 0n && (ties === 'half-even' ? f > h || (f === h && t % 2n !== 0n) : f >= h);
  const a = (isUp ? t + (v < 0n ? -1n : 1n) : t) + BigInt(result_bias[chosen]);
  return a < 0n ? 0n : a > 255n ? 255n : a;
}

interface Window {
  readonly inH: number;
  readonly inW: number;
  readonly poolType: number;
  readonly y: number;
  readonly x: number;
}

function poolOne(map: readonly bigint[], { inH, inW, poolType, y, x }: Window): bigint {
  const { kind, window, stride } = KPU_POOLS[poolType];
  const pixel = (dy: number, dx: number): bigint =>
    map[Math.min(y * stride + dy, inH - 1) * inW + Math.min(x * stride + dx, inW - 1)];
  if (kind === 'none' || kind === 'left-top') return pixel(0, 0);
  if (kind === 'right-top') return pixel(0, 1);
  const values = Array.from({ length: window * window }, (_, i) => pixel(Math.floor(i / window), i % window));
  if (kind === 'max') return values.reduce((most, value) => (value > most ? value : most));
  return values.reduce((sum, value) => sum + value) / BigInt(window * window);
}
