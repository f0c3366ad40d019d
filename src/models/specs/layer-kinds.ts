import type { Activation, Padding } from '../graph/attributes.ts';
import * as field from './layer-fields.ts';
import type { Fields, Window } from './layer-fields.ts';
import type { NetBuilder } from './net-builder.ts';
import { elementCount } from '../graph/graph.ts';
import { broadcastShapes, convOutSize, resolveReshape } from '../graph/shapes.ts';

/** One kind of layer: its fields in the order of the text form, and how it is built. */
export interface LayerKind<F = unknown> {
  readonly fields: Fields<F>;
  build(net: NetBuilder, fields: F): void;
}

interface WindowFields {
  kernel: Window;
  stride: Window;
  dilation: Window;
  padding: Padding;
  activation: Activation;
}

interface ConvFields extends WindowFields {
  filters: number;
  bias: boolean;
}

interface DepthwiseFields extends WindowFields {
  multiplier: number;
  bias: boolean;
}

interface DenseFields {
  units: number;
  activation: Activation;
  bias: boolean;
}

const ONE: Window = [1, 1];
// Stride 0 stands for "as the window", Keras' default.
const AS_WINDOW: Window = [0, 0];
const FOLDS = new Set(['CONV_2D', 'DEPTHWISE_CONV_2D', 'FULLY_CONNECTED']);
const NEEDS_IMAGE = 'it needs an image [1,height,width,channels]';
const windowFields = {
  kernel: field.window(),
  stride: field.window(ONE),
  dilation: field.window(ONE),
  padding: field.padding('SAME'),
  activation: field.activation(),
};

function kind<F>(fields: Fields<F>, build: LayerKind<F>['build']): LayerKind {
  return { fields, build };
}

function plain(op: 'SOFTMAX' | 'LOGISTIC' | 'TANH' | 'HARD_SWISH', attributes: object = {}): LayerKind {
  return kind({}, (net) => net.node(op, attributes, [net.current], net.shape()));
}

function rectifier(op: 'RELU' | 'RELU6'): LayerKind {
  return kind<{ fuse: boolean }>({ fuse: field.flag(true) }, (net, { fuse }) => {
    if (fuse && net.fuseActivation(op)) return;
    net.node(op, {}, [net.current], net.shape());
  });
}

/** Every kind of layer by the word that a spec uses. */
export const LAYER_KINDS: Readonly<Record<string, LayerKind>> = {
  conv: kind<ConvFields>({ filters: field.count(), ...windowFields, bias: field.flag(true) }, buildConv),
  depthwise: kind<DepthwiseFields>(
    { ...windowFields, multiplier: field.count(1), bias: field.flag(true) },
    buildDepthwise,
  ),
  maxpool: pool('MAX_POOL_2D'),
  avgpool: pool('AVERAGE_POOL_2D'),
  globalavgpool: kind({}, buildGlobalPool),
  flatten: kind({}, (net) => buildReshape(net, [-1])),
  reshape: kind<{ shape: readonly number[] }>({ shape: field.dims() }, (net, { shape }) =>
    buildReshape(net, shape),
  ),
  dense: kind<DenseFields>(
    { units: field.count(), activation: field.activation(), bias: field.flag(true) },
    buildDense,
  ),
  relu: rectifier('RELU'),
  relu6: rectifier('RELU6'),
  leakyrelu: kind<{ alpha: number }>({ alpha: field.real(0.3) }, (net, { alpha }) =>
    net.node('LEAKY_RELU', { alpha }, [net.current], net.shape()),
  ),
  softmax: plain('SOFTMAX', { beta: 1 }),
  sigmoid: plain('LOGISTIC'),
  tanh: plain('TANH'),
  hardswish: plain('HARD_SWISH'),
  batchnorm: kind({}, buildBatchNorm),
  add: kind<{ with: readonly string[]; activation: Activation }>(
    { activation: field.activation(), with: field.names() },
    buildAdd,
  ),
  concat: kind<{ with: readonly string[] }>({ with: field.names() }, buildConcat),
};

function windowShape(
  net: NetBuilder,
  f: Omit<WindowFields, 'activation'>,
  channels: number,
): readonly number[] {
  const [, height, width] = net.shape();
  const outH = convOutSize(height, f.kernel[0], f.stride[0], f.dilation[0], f.padding);
  const outW = convOutSize(width, f.kernel[1], f.stride[1], f.dilation[1], f.padding);
  if (outH > 0 && outW > 0) return [1, outH, outW, channels];
  net.fail(
    `a valid ${f.kernel.join('x')} window does not fit into ${height}x${width} pixels; use same or less`,
  );
}

function convAttributes(f: WindowFields) {
  const { padding, activation } = f;
  const [strideH, strideW] = f.stride;
  const [dilationH, dilationW] = f.dilation;
  return { padding, strideH, strideW, dilationH, dilationW, activation };
}

/** Input, weights and bias. (Arrays made by spreads keep room for a dozen more, and a network may have 100,000 of them.) */
function withBias(net: NetBuilder, weights: number, channels: number, bias: boolean): readonly number[] {
  return [net.current, weights, bias ? net.bias(channels) : -1];
}

function buildConv(net: NetBuilder, f: ConvFields): void {
  const inChannels = net.shapeOfRank(4, NEEDS_IMAGE)[3];
  const shape = windowShape(net, f, f.filters);
  const weights = [f.filters, f.kernel[0], f.kernel[1], inChannels];
  net.checkMacs((elementCount(weights) * elementCount(shape)) / f.filters);
  const inputs = withBias(net, net.weights(weights), f.filters, f.bias);
  net.node('CONV_2D', convAttributes(f), inputs, shape);
}

function buildDepthwise(net: NetBuilder, f: DepthwiseFields): void {
  const channels = net.shapeOfRank(4, NEEDS_IMAGE)[3] * f.multiplier;
  const shape = windowShape(net, f, channels);
  net.checkMacs(elementCount(shape) * elementCount(f.kernel));
  const inputs = withBias(net, net.weights([1, f.kernel[0], f.kernel[1], channels]), channels, f.bias);
  net.node('DEPTHWISE_CONV_2D', { ...convAttributes(f), depthMultiplier: f.multiplier }, inputs, shape);
}

interface PoolFields {
  kernel: Window;
  stride: Window;
  padding: Padding;
}

function pool(op: 'MAX_POOL_2D' | 'AVERAGE_POOL_2D'): LayerKind {
  const fields = { kernel: field.window(), stride: field.window(AS_WINDOW), padding: field.padding('VALID') };
  return kind<PoolFields>(fields, (net, { kernel, stride, padding }) => {
    const channels = net.shapeOfRank(4, NEEDS_IMAGE)[3];
    const [strideH, strideW] = stride === AS_WINDOW ? kernel : stride;
    const shape = windowShape(net, { kernel, stride: [strideH, strideW], dilation: ONE, padding }, channels);
    const [filterH, filterW] = kernel;
    const attributes = { padding, strideH, strideW, filterH, filterW, activation: 'NONE' } as const;
    net.node(op, attributes, [net.current], shape);
  });
}

function buildGlobalPool(net: NetBuilder): void {
  const channels = net.shapeOfRank(4, NEEDS_IMAGE)[3];
  const axes = net.int32s([1, 2], 'axes');
  net.node('MEAN', { keepDims: false }, [net.current, axes], [1, channels]);
}

// Converters leave the batch of a reshape open (-1).
function buildReshape(net: NetBuilder, shape: readonly number[]): void {
  const [, ...rest] = resolveReshape(elementCount(net.shape()), [1, ...shape]);
  const newShape = [-1, ...rest];
  net.node('RESHAPE', { newShape }, [net.current, net.int32s(newShape, 'shape')], [1, ...rest]);
}

function buildDense(net: NetBuilder, f: DenseFields): void {
  const inputs = net.shapeOfRank(2, 'put "flatten" before dense')[1];
  net.checkMacs(inputs * f.units);
  const operands = withBias(net, net.weights([f.units, inputs]), f.units, f.bias);
  net.node('FULLY_CONNECTED', { activation: f.activation, keepNumDims: false }, operands, [1, f.units]);
}

// Converters fold batch norm into the weights before it; where nothing can take it, it stays a MUL and an ADD.
function buildBatchNorm(net: NetBuilder): void {
  const node = net.lastNode();
  const folds = node && FOLDS.has(node.op) && node.inputs[2] !== -1;
  if (folds && (node.attributes as { activation: Activation }).activation === 'NONE') return;
  const shape = net.shape();
  const channels = [shape[shape.length - 1]];
  net.node('MUL', { activation: 'NONE' }, [net.current, net.weights(channels, 'scale')], shape);
  net.node('ADD', { activation: 'NONE' }, [net.current, net.weights(channels, 'offset')], shape);
}

function buildAdd(net: NetBuilder, f: { with: readonly string[]; activation: Activation }): void {
  f.with.forEach((name, index) => {
    const other = net.find(name);
    const shape = broadcastShapes(net.shape(), net.shape(other));
    const activation = index === f.with.length - 1 ? f.activation : 'NONE';
    net.node('ADD', { activation }, [net.current, other], shape);
  });
}

function buildConcat(net: NetBuilder, f: { with: readonly string[] }): void {
  const inputs = [net.current, ...f.with.map((name) => net.find(name))];
  const shapes = inputs.map((tensor) => net.shape(tensor));
  const outer = shapes[0].slice(0, -1);
  if (shapes.some((shape) => String(shape.slice(0, -1)) !== String(outer))) {
    net.fail(`[${shapes.map((shape) => shape.join(',')).join('] and [')}] differ in more than channels`);
  }
  const channels = shapes.reduce((sum, shape) => sum + shape[shape.length - 1], 0);
  const attributes = { axis: outer.length, activation: 'NONE' } as const;
  net.node('CONCATENATION', attributes, inputs, [...outer, channels]);
}
