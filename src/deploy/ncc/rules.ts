import { KPU_LINES, kpuLinesOf, kpuLoads } from '../../models/formats/kmodel/kpu-layout.ts';

/** A rule of the converter: where it holds, its message is what the user reads. */
export interface PlacementRule<Site> {
  readonly id: string;
  when(site: Site): boolean;
  message(site: Site): string;
}

/** A convolution as the rules see it; stride, pad and pool already folded together. */
export interface ConvSite {
  readonly inH: number;
  readonly inW: number;
  readonly inC: number;
  readonly outC: number;
  readonly kernelH: number;
  readonly kernelW: number;
  readonly strideH: number;
  readonly strideW: number;
  readonly dilationH: number;
  readonly dilationW: number;
  readonly depthwise: boolean;
  /** Of a depthwise convolution. */
  readonly depthMultiplier: number | undefined;
  /** 'ones': an explicit PAD of one pixel on each side before a VALID window. */
  readonly padding: 'SAME' | 'VALID' | 'ones';
  readonly activation: string;
  readonly batches: number;
  /** Output maps of the KPU layer, after the pooling that is fused with it. */
  readonly pooledH: number;
  readonly pooledW: number;
}

const MAX_CHANNELS = 1024;
const MAX_WIDTH = 512;
const MAX_HEIGHT = 256;
const MAX_LOADS = 64;
const MIN_SIDE = 4;
/** Largest input and output count of a Dense that ncc 0.1 moves to the KPU. */
export const MAX_DENSE = 1024;

const FUSED_ACTIVATIONS = ['NONE', 'RELU', 'RELU6', 'LEAKY_RELU'];
const STAYS = 'so the convolution is left to the CPU, in float32';

/**
 * Strides: 1; or 2 by computing every pixel and keeping the left-top one of each 2x2 block (pool type 5), which
 * ncc 0.1 does for a 3x3 window on even sizes with SAME, or behind an explicit one-pixel PAD.
 */
function hasKpuStride(s: ConvSite): boolean {
  if (s.strideH === 1 && s.strideW === 1) return true;
  if (s.strideH !== 2 || s.strideW !== 2 || s.depthwise || s.kernelH !== 3) return false;
  return s.padding === 'ones' || (s.inH % 2 === 0 && s.inW % 2 === 0);
}

function strideAdvice(s: ConvSite): string {
  if (s.depthwise)
    return 'a depthwise layer cannot pool; use stride 1, or ZeroPadding2D((1,1)) + VALID with a 1x1 convolution behind it';
  if (s.kernelH === 1) return 'use a stride of 1 and a 2x2 pooling behind it';
  return 'put ZeroPadding2D((1,1)) before it and use VALID, or a 2x2 pooling behind a stride of 1';
}

/**
 * Reasons that keep a convolution off the KPU (docs/hardware/k210.md#limits, docs/hardware/k210.md#transforms), in the
 * order in which they are checked.
 */
export const CONV_RULES: readonly PlacementRule<ConvSite>[] = [
  {
    id: 'ncc/conv-batch',
    when: (s) => s.batches !== 1,
    message: (s) =>
      `the KPU runs one image at a time and this convolution has a batch of ${s.batches}, ${STAYS}`,
  },
  {
    id: 'ncc/conv-kernel',
    when: (s) => s.kernelH !== s.kernelW || (s.kernelH !== 1 && s.kernelH !== 3),
    message: (s) =>
      `the KPU has only 1x1 and 3x3 kernels and this one is ${s.kernelH}x${s.kernelW}, ${STAYS}`,
  },
  {
    id: 'ncc/conv-depth-multiplier',
    when: (s) => s.depthwise && s.depthMultiplier !== 1,
    message: (s) =>
      `a depthwise KPU layer has as many outputs as inputs and this one multiplies them by ${s.depthMultiplier}, ${STAYS}`,
  },
  {
    id: 'ncc/conv-dilation',
    when: (s) => s.dilationH !== 1 || s.dilationW !== 1,
    message: (s) =>
      `the KPU has no dilation and this kernel is dilated by ${s.dilationH}x${s.dilationW}, ${STAYS}`,
  },
  {
    id: 'ncc/conv-valid',
    when: (s) => s.padding === 'VALID',
    message: (s) =>
      s.kernelH === 1
        ? `ncc 0.1 converts only SAME convolutions and this one is VALID, ${STAYS}; SAME computes the same for 1x1`
        : `a KPU layer keeps the size of its maps (SAME) and this convolution is VALID, ${STAYS}; ` +
          'use SAME, or ZeroPadding2D((1,1)) before it',
  },
  {
    id: 'ncc/conv-stride',
    when: (s) => !hasKpuStride(s),
    message: (s) =>
      `ncc 0.1 has no KPU form for stride ${s.strideH}x${s.strideW} here (${s.kernelH}x${s.kernelW} on ` +
      `${s.inH}x${s.inW}), ${STAYS}; ${strideAdvice(s)}`,
  },
  {
    id: 'ncc/conv-small-output',
    when: (s) => s.strideH === 2 && Math.min(s.pooledH, s.pooledW) < MIN_SIDE,
    message: (s) =>
      `KPU maps are at least 4x4 and this stride of 2 leaves ${s.pooledH}x${s.pooledW}, ${STAYS}`,
  },
  {
    id: 'ncc/conv-small-map',
    when: (s) => Math.min(s.inH, s.inW, s.pooledH, s.pooledW) < MIN_SIDE,
    message: (s) =>
      `KPU maps are at least 4x4 and these go from ${s.inH}x${s.inW} to ${s.pooledH}x${s.pooledW}, ${STAYS}`,
  },
  {
    id: 'ncc/conv-large-map',
    when: (s) => s.inW > MAX_WIDTH || s.inH > MAX_HEIGHT,
    message: (s) =>
      `KPU maps are at most ${MAX_WIDTH} wide and ${MAX_HEIGHT} high and the input is ${s.inW} wide, ${s.inH} high, ${STAYS}`,
  },
  {
    id: 'ncc/conv-channels-over-1024',
    when: (s) => s.inC > MAX_CHANNELS || s.outC > MAX_CHANNELS,
    message: (s) =>
      `a KPU layer has at most ${MAX_CHANNELS} channels and this one goes from ${s.inC} to ${s.outC}, ${STAYS}`,
  },
  {
    id: 'ncc/conv-activation',
    when: (s) => !FUSED_ACTIVATIONS.includes(s.activation),
    message: (s) => `ncc 0.1 fuses no ${s.activation} activation into a KPU layer, ${STAYS}; use RELU`,
  },
  {
    id: 'ncc/conv-loads',
    when: (s) => loadsOf(s) > MAX_LOADS,
    message: (s) =>
      `the weights would need ${Number.isFinite(loadsOf(s)) ? loadsOf(s) : 'more than 64'} parameter loads of 30 KiB ` +
      `and a KPU layer has at most ${MAX_LOADS}, ${STAYS}`,
  },
  {
    id: 'ncc/conv-maps-over-2mib',
    when: (s) => mapLines(s) > KPU_LINES,
    message: (s) =>
      `input and output maps share 2 MiB of AI SRAM and need ${mapLines(s) * 64} bytes there, ${STAYS}`,
  },
];

function loadsOf(s: ConvSite): number {
  const { inC, outC, kernelH, depthwise } = s;
  return kpuLoads({ inC, outC, kernel: kernelH, depthwise, weightBits: 8 }).loads;
}

function mapLines(s: ConvSite): number {
  return kpuLinesOf(s.inH, s.inW, s.inC) + kpuLinesOf(s.pooledH, s.pooledW, s.outC);
}

/** A fully connected layer as the rules see it. */
export interface DenseSite {
  readonly inputs: number;
  readonly outputs: number;
  readonly batches: number;
  readonly activation: string;
  /** The converter's --float-fc. */
  readonly floatFc: boolean;
  /** Of a counterfactual: another limit than MAX_DENSE. */
  readonly maxDense?: number | undefined;
}

const denseLimit = ({ maxDense = MAX_DENSE }: DenseSite): number => maxDense;

/** Reasons that keep a Dense off the KPU, in the order in which they are checked. */
export const DENSE_RULES: readonly PlacementRule<DenseSite>[] = [
  {
    id: 'ncc/dense-float-fc',
    when: (s) => s.floatFc,
    message: () => 'the option --float-fc keeps every Dense on the CPU in float32',
  },
  {
    id: 'ncc/dense-over-1024',
    when: (s) => Math.max(s.inputs, s.outputs) > denseLimit(s),
    message: (s) =>
      `Dense has ${s.inputs} inputs and ${s.outputs} outputs; the converter moves a Dense to the KPU (as 1x1 ` +
      `convolution over 4x4 maps) only up to ${denseLimit(s)} inputs and ${denseLimit(s)} outputs, so it stays on the CPU in float32`,
  },
  {
    id: 'ncc/dense-activation',
    when: (s) => !FUSED_ACTIVATIONS.includes(s.activation),
    message: (s) =>
      `ncc 0.1 fuses no ${s.activation} activation into a KPU layer, so the Dense stays on the CPU in float32`,
  },
];

/** The first rule that holds, or undefined. */
export function firstRule<Site>(
  rules: readonly PlacementRule<Site>[],
  site: Site,
): PlacementRule<Site> | undefined {
  for (const rule of rules) if (rule.when(site)) return rule;
  return undefined;
}
