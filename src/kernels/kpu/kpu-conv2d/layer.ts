import { FormatError } from '../../../errors.ts';
import {
  convGeometry,
  convWeightBytes,
  type ConvGeometry,
  type ConvSections,
} from '../../../models/formats/kmodel/conv-body.ts';
import { compileActivation, type Activation, type TieMode } from './activation.ts';
import { KPU_POOLS, type KpuPool } from './kpu-pool.ts';

/** b must fit signed 36 bits (docs/hardware/k210.md#kpu-arithmetic); a layer that leaves them is undefined. */
const B_LIMIT = 2 ** 35;

export interface KpuConvOptions {
  readonly weightBits: 8 | 16;
  /** Rounding of ties, `half-away` where absent. */
  readonly ties?: TieMode;
  /** What errors call the layer. */
  readonly where?: string;
}

/** A layer checked and decoded once, for many runs. */
export interface KpuConvLayer extends ConvGeometry {
  readonly where: string;
  readonly pool: KpuPool;
  readonly padValue: number;
  readonly weights: Uint8Array | Uint16Array;
  readonly argX: number;
  /** 2^-shr_x. */
  readonly scaleX: number;
  /** Per output channel: ((arg_w * SUM W) >> shr_w) + arg_add * N. */
  readonly offsets: Float64Array;
  readonly normMul: Float64Array;
  /** 2^-norm_shift. */
  readonly normScale: Float64Array;
  readonly normAdd: Float64Array;
  readonly activation: Activation;
}

/** Smallest and largest sums before and after batch norm. */
export interface KpuRanges {
  readonly accMin: number;
  readonly accMax: number;
  readonly normMin: number;
  readonly normMax: number;
}

/** Throws a FormatError for a layer that the KPU does not have or whose parts do not fit together. */
export function compileLayer(sections: ConvSections, options: KpuConvOptions): KpuConvLayer {
  const { weightBits, ties = 'half-away', where = 'KPU layer' } = options;
  const { words, batchNorm, activation } = sections;
  const geometry = checkGeometry(sections, where);
  checkParts(sections, geometry, { weightBits, where });
  const weights = weightBits === 8 ? sections.weights : words16(sections.weights);
  const { arg_x, shr_x } = words.conv_value;
  return {
    ...geometry,
    where,
    pool: KPU_POOLS[geometry.poolType],
    padValue: words.kernel_pool_type_cfg.pad_value,
    weights,
    argX: arg_x,
    scaleX: 2 ** -shr_x,
    offsets: offsetsOf(sections, geometry, weights),
    normMul: Float64Array.from(batchNorm, ({ norm_mul }) => norm_mul),
    normScale: Float64Array.from(batchNorm, ({ norm_shift }) => 2 ** -norm_shift),
    normAdd: Float64Array.from(batchNorm, ({ norm_add }) => norm_add),
    activation: compileActivation(activation, ties),
  };
}

/** Throws where a result of batch norm, or a sum before it, leaves 36 bits. */
export function checkRanges({ where }: KpuConvLayer, ranges: KpuRanges): void {
  const { accMin, accMax, normMin, normMax } = ranges;
  if (Math.min(accMin, normMin) >= -B_LIMIT && Math.max(accMax, normMax) < B_LIMIT) return;
  throw new FormatError(
    `${where}: its sums (${accMin}..${accMax}) or their batch norm (${normMin}..${normMax}) leave the KPU's 36 bits, ` +
      'so its result is undefined; convert the model again with a wider calibration range',
  );
}

function checkGeometry({ words }: ConvSections, where: string): ConvGeometry {
  const geometry = convGeometry(words, where);
  const { inC, inH, inW, outC, outH, outW, poolType, depthwise } = geometry;
  const pool = KPU_POOLS[poolType];
  if (!pool)
    throw new FormatError(
      `${where}: pool_type ${poolType} does not exist, the KPU has 0..${KPU_POOLS.length - 1}`,
    );
  const [height, width] = [Math.floor(inH / pool.stride), Math.floor(inW / pool.stride)];
  if (outH !== height || outW !== width) {
    throw new FormatError(
      `${where}: pool type ${poolType} makes ${height}x${width} of ${inH}x${inW} and the layer says ${outH}x${outW}`,
    );
  }
  if (depthwise && inC !== outC) {
    throw new FormatError(
      `${where}: depthwise with ${inC} input and ${outC} output channels; they must be equal`,
    );
  }
  const { pad_type, bypass_conv, first_stride } = words.kernel_pool_type_cfg;
  if (pad_type || bypass_conv || first_stride || words.interrupt_enabe.full_add) {
    throw new FormatError(
      `${where}: sets pad_type, bypass_conv, first_stride or full_add, whose effect is not documented`,
    );
  }
  return geometry;
}

function checkParts(
  { weights, batchNorm, activation }: ConvSections,
  geometry: ConvGeometry,
  { weightBits, where }: { readonly weightBits: 8 | 16; readonly where: string },
): void {
  const parts = [
    ['bytes of weights', weights.length, convWeightBytes(geometry, weightBits)],
    ['words of batch norm', batchNorm.length, geometry.outC],
    ['activation segments', activation.segments.length, 16],
    ['activation biases', activation.result_bias.length, 16],
  ] as const;
  for (const [what, got, wanted] of parts) {
    if (got !== wanted) throw new FormatError(`${where}: needs ${wanted} ${what}, got ${got}`);
  }
}

function words16(bytes: Uint8Array): Uint16Array {
  return Uint16Array.from(
    { length: bytes.length / 2 },
    (_, index) => bytes[2 * index] | (bytes[2 * index + 1] << 8),
  );
}

function offsetsOf(
  { words }: ConvSections,
  { inC, outC, depthwise }: ConvGeometry,
  weights: ArrayLike<number>,
): Float64Array {
  const { arg_w, shr_w } = words.conv_value;
  const perOutput = weights.length / outC;
  return Float64Array.from({ length: outC }, (_, o) => {
    let sum = 0;
    for (let tap = 0; tap < perOutput; tap++) sum += weights[o * perOutput + tap];
    return Math.floor((arg_w * sum) / 2 ** shr_w) + words.conv_value2.arg_add * (depthwise ? 1 : inC);
  });
}
