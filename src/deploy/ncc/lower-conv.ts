import type {
  Conv2dAttributes,
  DepthwiseConv2dAttributes,
  Pool2dAttributes,
} from '../../models/graph/attributes.ts';
import { elementCount } from '../../models/graph/graph.ts';
import type { KpuLayer } from '../program.ts';
import { mapShape, type LoweringContext } from './context.ts';
import { lowerDense } from './lower-dense.ts';
import { CONV_RULES, firstRule, type ConvSite } from './rules.ts';

const ACTIVATION_NODES = ['RELU', 'RELU6', 'LEAKY_RELU'];
const LEFT_TOP_2X2 = 5;
const MIN_SIDE = 4;

/** Pool types of the KPU by op, window and stride (docs/hardware/k210.md#pooling); ncc fuses no others. */
const POOL_TYPES: Readonly<Record<string, number>> = {
  'MAX_POOL_2D 2x2/2': 1,
  'AVERAGE_POOL_2D 2x2/2': 2,
  'MAX_POOL_2D 4x4/4': 3,
  'AVERAGE_POOL_2D 4x4/4': 4,
  'AVERAGE_POOL_2D 2x2/1': 8,
  'MAX_POOL_2D 2x2/1': 9,
};

interface FusedConv {
  readonly site: ConvSite;
  readonly poolType: number;
  /** The convolution and the nodes behind it that one KPU layer does together. */
  readonly nodes: readonly number[];
}

/** CONV_2D and DEPTHWISE_CONV_2D: a K210Conv with what fuses into it, else a float convolution on the CPU. */
export function lowerConv(context: LoweringContext, index: number): void {
  if (isDense(context, index)) return lowerDense(context, index);
  const fused = withPool(context, withActivation(context, describe(context, index)));
  const rule = firstRule(CONV_RULES, fused.site);
  if (rule) return lowerFloatConv(context, index, rule.id, rule.message(fused.site));
  fused.nodes.forEach((node) => context.fused.add(node));
  if (isStrideDeferred(context, index)) context.halved.add(context.onlyReader(index)!);
  const origin = context.origin(index, 'ncc/conv-on-kpu', kpuReason(context, fused));
  const position = context.builder.addConv(context.value(index), kpuLayer(fused), origin);
  context.setValue(fused.nodes.at(-1)!, position);
}

/** A 1x1 convolution on 1x1 maps is a Dense to the converter. */
function isDense(context: LoweringContext, index: number): boolean {
  const [, kernelH, kernelW] = context.tensor(context.graph.nodes[index].inputs[1])!.shape;
  const { h, w } = context.builder.shapeOf(context.value(index));
  return context.graph.nodes[index].op === 'CONV_2D' && kernelH === 1 && kernelW === 1 && h === 1 && w === 1;
}

function describe(context: LoweringContext, index: number): FusedConv {
  const node = context.graph.nodes[index];
  const depthwise = node.op === 'DEPTHWISE_CONV_2D';
  const attributes = node.attributes as Conv2dAttributes & Partial<DepthwiseConv2dAttributes>;
  const [, kernelH, kernelW] = context.tensor(node.inputs[1])!.shape as [number, number, number, number];
  const input = context.builder.shapeOf(context.value(index));
  const output = mapShape(context.output(node).shape);
  const isPadded = context.padded.has(node.inputs[0]);
  const isHalved = context.halved.has(index);
  const stride = isStrideDeferred(context, index) ? { strideH: 1, strideW: 1 } : attributes;
  const whole = stride === attributes ? output : { ...output, h: input.h, w: input.w };
  const site: ConvSite = {
    inH: input.h,
    inW: input.w,
    inC: input.c,
    outC: output.c,
    kernelH,
    kernelW,
    strideH: stride.strideH,
    strideW: stride.strideW,
    dilationH: attributes.dilationH,
    dilationW: attributes.dilationW,
    depthwise,
    depthMultiplier: attributes.depthMultiplier,
    activation: attributes.activation,
    padding: isPadded ? 'ones' : isHalved ? 'SAME' : attributes.padding,
    batches: context.output(node).shape[0],
    pooledH: whole.h,
    pooledW: whole.w,
  };
  const poolType = isHalved || site.strideH === 2 ? LEFT_TOP_2X2 : 0;
  return { site, poolType, nodes: [index] };
}

/** PAD + depthwise stride 2 + 1x1: ncc leaves the stride to the 1x1 convolution, which can pool. */
function isStrideDeferred(context: LoweringContext, index: number): boolean {
  const node = context.graph.nodes[index];
  const attributes = node.attributes as Conv2dAttributes;
  const reader = context.onlyReader(index);
  if (node.op !== 'DEPTHWISE_CONV_2D' || attributes.strideH !== 2 || reader === undefined) return false;
  const next = context.graph.nodes[reader];
  const [, kernelH, kernelW] = context.tensor(next.inputs[1])?.shape ?? [];
  const isPointwise = next.op === 'CONV_2D' && kernelH === 1 && kernelW === 1;
  return (
    isPointwise && (next.attributes as Conv2dAttributes).strideH === 1 && context.padded.has(node.inputs[0])
  );
}

function withActivation(context: LoweringContext, fused: FusedConv): FusedConv {
  const reader = context.onlyReader(fused.nodes.at(-1)!);
  const node = reader === undefined ? undefined : context.graph.nodes[reader];
  if (fused.site.activation !== 'NONE' || !node || !ACTIVATION_NODES.includes(node.op)) return fused;
  return { ...fused, site: { ...fused.site, activation: node.op }, nodes: [...fused.nodes, reader!] };
}

function withPool(context: LoweringContext, fused: FusedConv): FusedConv {
  const reader = context.onlyReader(fused.nodes.at(-1)!);
  if (reader === undefined || fused.poolType !== 0 || fused.site.depthwise) return fused;
  const node = context.graph.nodes[reader];
  const poolType = poolTypeOf(node.op, node.attributes as Pool2dAttributes, fused.site);
  const { h, w } = mapShape(context.output(node).shape);
  if (poolType === undefined || h < MIN_SIDE || w < MIN_SIDE) return fused;
  const site = { ...fused.site, pooledH: h, pooledW: w };
  return { site, poolType, nodes: [...fused.nodes, reader] };
}

function poolTypeOf(op: string, pool: Pool2dAttributes, { pooledH, pooledW }: ConvSite): number | undefined {
  const { filterH, filterW, strideH, strideW, padding, activation } = pool;
  if (filterH !== filterW || strideH !== strideW || activation !== 'NONE') return undefined;
  const isDivisible = pooledH % strideH === 0 && pooledW % strideW === 0;
  const isExact = strideH === 1 ? padding === 'SAME' : padding === 'VALID' || isDivisible;
  return isExact ? POOL_TYPES[`${op} ${filterH}x${filterW}/${strideH}`] : undefined;
}

function kpuLayer({ site, poolType }: FusedConv): KpuLayer {
  const { inH, inW, inC, pooledH, pooledW, outC, kernelH, depthwise } = site;
  const kernel = kernelH === 1 ? 1 : 3;
  return { inH, inW, inC, outH: pooledH, outW: pooledW, outC, kernel, depthwise, poolType, weightBits: 8 };
}

/** Reasons of convolutions that nothing is fused into: few, and asked for by every layer of every design of a sweep. */
const plainReasons = new Map<number, string>();

function kpuReason(context: LoweringContext, fused: FusedConv): string {
  if (fused.nodes.length > 1) return describeFused(context, fused);
  const { site, poolType } = fused;
  const key = 4 * site.kernelH + 2 * Number(site.depthwise) + Number(poolType === LEFT_TOP_2X2);
  let reason = plainReasons.get(key);
  if (reason === undefined) plainReasons.set(key, (reason = describeFused(context, fused)));
  return reason;
}

function describeFused(context: LoweringContext, { site, nodes, poolType }: FusedConv): string {
  const behind = nodes.slice(1).map((node) => context.graph.nodes[node].op);
  const what = `${site.depthwise ? 'depthwise ' : ''}${site.kernelH}x${site.kernelW} convolution`;
  const fused = behind.length > 0 ? `, with ${behind.join(' and ')} fused into it` : '';
  const halved =
    poolType === LEFT_TOP_2X2 ? ', its stride of 2 done by keeping one pixel of each 2x2 block' : '';
  return `the KPU runs ${what} with batch norm, activation and pooling as one layer${fused}${halved}`;
}

function lowerFloatConv(context: LoweringContext, index: number, rule: string, reason: string): void {
  const node = context.graph.nodes[index];
  context.builder.add({
    type: 'FloatConv2d',
    inputs: [context.value(index)],
    shape: mapShape(context.output(node).shape),
    node: index,
    placement: { rule, reason },
    weightBytes:
      4 * (elementCount(context.tensor(node.inputs[1])!.shape) + mapShape(context.output(node).shape).c),
  });
  context.setValue(index, context.builder.layers.length - 1);
  context.warnings.push(
    `op ${index} (${node.op}): ncc 0.1 refuses this model, for kmodel v3 has no convolution for the CPU; predicted ` +
      'as nncase 0.2 runs it, a float32 convolution on the CPU',
  );
}
