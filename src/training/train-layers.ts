import * as tf from '@tensorflow/tfjs-core';
import { SpecError } from '../errors.ts';
import type { Activation } from '../models/graph/attributes.ts';
import type { SpecLayer } from '../models/specs/builder.ts';
import { elementCount } from '../models/graph/graph.ts';
import { BatchNorm } from './batch-norm.ts';
import type { Parameter } from './parameter.ts';
import { averagePool, maxPool } from './pool-gradients.ts';
import { glorotUniform, type Random } from './random.ts';
import * as tape from './tape.ts';
import { transposeMatrix } from './transpose-matrix.ts';
import { slidingWindow, type SlidingWindow, type WindowFields } from './sliding-window.ts';

/** A layer while it is trained. */
export interface TrainLayer {
  readonly parameters: readonly Parameter[];
  /** Output of a batch; `training` uses the batch's own statistics and updates the running ones. */
  forward(x: tf.Tensor, parameters: readonly tf.Tensor[], training: boolean): tf.Tensor;
  /** What an affine layer computes, as a matrix; batch normalization after it folds into that. */
  readonly affine?: AffineLayer;
  readonly batchNorm?: BatchNorm;
}

/** How the matrix of an affine layer becomes the constant of a graph. */
export interface AffineLayer {
  readonly outputs: number;
  readonly foldable: boolean;
  /** True where the stored weights have the outputs innermost, as depthwise ones do. */
  readonly outputsAreInner?: boolean;
  /** Weights in the order that TFLite stores. */
  stored(weights: Float32Array): Float32Array;
}

interface Context extends SpecLayer {
  readonly shape: readonly number[];
  readonly random: Random;
  /** No layer before it has parameters, so that the gradient by its input is not needed. */
  readonly isFirst: boolean;
}

interface AffineFields {
  readonly activation: Activation;
  readonly bias: boolean;
}
type ConvFields = AffineFields & Required<WindowFields> & { filters: number; multiplier: number };
type Build = (context: Context) => TrainLayer;

const ELEMENTWISE: Readonly<Record<string, (alpha: number) => tape.Elementwise>> = {
  RELU: () => ({ value: tf.relu, derivative: (_, y) => tf.cast(tf.greater(y, 0), 'float32') }),
  RELU6: () => ({
    value: tf.relu6,
    derivative: (_, y) => tf.cast(tf.logicalAnd(tf.greater(y, 0), tf.less(y, 6)), 'float32'),
  }),
  LEAKY: (alpha) => ({
    value: (x) => tf.sub(tf.relu(x), tf.mul(tf.relu(tf.neg(x)), alpha)),
    derivative: (x) => tf.add(tf.mul(tf.cast(tf.greater(x, 0), 'float32'), 1 - alpha), alpha),
  }),
  LOGISTIC: () => ({ value: tf.sigmoid, derivative: (_, y) => tf.mul(y, tf.sub(1, y)) }),
  TANH: () => ({ value: tf.tanh, derivative: (_, y) => tf.sub(1, tf.square(y)) }),
};

function activate(x: tf.Tensor, activation: Activation, where: string): tf.Tensor {
  if (activation === 'NONE') return x;
  const f = ELEMENTWISE[activation];
  if (f) return tape.applyElementwise(x, f(0));
  throw new SpecError(`${where}: activation ${activation} cannot be trained; use relu or relu6`);
}

function elementwise(name: string): Build {
  return ({ fields }) => {
    const f = ELEMENTWISE[name]((fields as { alpha?: number }).alpha ?? 0);
    return { parameters: [], forward: (x) => tape.applyElementwise(x, f) };
  };
}

function affineParameters(weights: Parameter, outputs: number, bias: boolean): Parameter[] {
  const offset = { name: 'bias', shape: [outputs], initial: new Float32Array(outputs) };
  return bias ? [weights, offset] : [weights];
}

function pickAffine([weights, bias]: readonly tf.Tensor[]): tape.AffineParameters {
  return bias ? { weights, bias } : { weights };
}

function buildConv({ shape, fields, random, isFirst, where }: Context): TrainLayer {
  const { filters, kernel, bias, activation, ...rest } = fields as ConvFields;
  const window = slidingWindow(shape, { kernel, ...rest });
  const taps = elementCount(kernel) * window.channels;
  const initial = glorotUniform(taps * filters, taps, elementCount(kernel) * filters, random);
  return {
    parameters: affineParameters({ name: 'weights', shape: [taps, filters], initial }, filters, bias),
    forward: (x, p) => activate(tape.convolve(x, pickAffine(p), window, !isFirst), activation, where),
    affine: {
      outputs: filters,
      foldable: bias && activation === 'NONE',
      stored: (weights) => transposeMatrix(weights, taps, filters),
    },
  };
}

function buildDepthwise({ shape, fields, random, where }: Context): TrainLayer {
  const { kernel, bias, activation, multiplier, ...rest } = fields as ConvFields;
  if (!bias) throw new SpecError(`${where}: a depthwise layer without bias cannot be trained; leave bias on`);
  const window = slidingWindow(shape, { kernel, ...rest });
  const taps = elementCount(kernel);
  const depth = window.channels * multiplier;
  const initial = glorotUniform(taps * depth, taps * window.channels, taps * multiplier, random);
  return {
    parameters: affineParameters({ name: 'weights', shape: [taps, depth], initial }, depth, true),
    forward: (x, [weights, offset]) =>
      activate(tape.convolveDepthwise(x, weights, offset, window, multiplier), activation, where),
    affine: {
      outputs: depth,
      foldable: activation === 'NONE',
      outputsAreInner: true,
      stored: (weights) => weights,
    },
  };
}

function buildDense({ shape, fields, random, isFirst, where }: Context): TrainLayer {
  const { units, bias, activation } = fields as AffineFields & { units: number };
  const inputs = elementCount(shape);
  const initial = glorotUniform(inputs * units, inputs, units, random);
  return {
    parameters: affineParameters({ name: 'weights', shape: [inputs, units], initial }, units, bias),
    forward: (x, p) => activate(tape.dense(x, pickAffine(p), !isFirst), activation, where),
    affine: {
      outputs: units,
      foldable: bias && activation === 'NONE',
      stored: (weights) => transposeMatrix(weights, inputs, units),
    },
  };
}

function buildBatchNorm({ shape }: Context): TrainLayer {
  const batchNorm = new BatchNorm(shape[shape.length - 1]);
  return {
    parameters: batchNorm.parameters,
    forward: (x, [gamma, beta], training) => batchNorm.forward(x, gamma, beta, training),
    batchNorm,
  };
}

function pooling(kind: typeof maxPool): Build {
  return ({ shape, fields }) => {
    const { kernel, stride, padding } = fields as WindowFields;
    // Stride 0 stands for "as the window" in a spec.
    const window = slidingWindow(shape, { kernel, stride: stride[0] === 0 ? kernel : stride, padding });
    return { parameters: [], forward: (x) => tape.pool(x, window, kind) };
  };
}

function buildGlobalPool({ shape }: Context): TrainLayer {
  const kernel: [number, number] = [shape[0], shape[1]];
  const window: SlidingWindow = slidingWindow(shape, { kernel, stride: kernel, padding: 'VALID' });
  return {
    parameters: [],
    forward: (x) => tape.reshape(tape.pool(x, window, averagePool), [x.shape[0], window.channels]),
  };
}

function reshaping(shapeOf: (context: Context) => readonly number[]): Build {
  return (context) => {
    const shape = shapeOf(context);
    return { parameters: [], forward: (x) => tape.reshape(x, [x.shape[0], ...shape]) };
  };
}

function resolve({ shape, fields }: Context): readonly number[] {
  const wanted = (fields as { shape: readonly number[] }).shape;
  const known = elementCount(wanted.filter((dimension) => dimension !== -1));
  return wanted.map((dimension) => (dimension === -1 ? elementCount(shape) / known : dimension));
}

// Training works on logits; the softmax of a classifier is applied by the graph only.
const LAYERS: Readonly<Record<string, Build>> = {
  conv: buildConv,
  depthwise: buildDepthwise,
  dense: buildDense,
  batchnorm: buildBatchNorm,
  relu: elementwise('RELU'),
  relu6: elementwise('RELU6'),
  leakyrelu: elementwise('LEAKY'),
  sigmoid: elementwise('LOGISTIC'),
  tanh: elementwise('TANH'),
  maxpool: pooling(maxPool),
  avgpool: pooling(averagePool),
  globalavgpool: buildGlobalPool,
  flatten: reshaping(({ shape }) => [elementCount(shape)]),
  reshape: reshaping(resolve),
  softmax: () => ({ parameters: [], forward: (x) => x }),
};

/** The layers of a chain, initialised from `random`. Throws a SpecError for a layer that cannot be trained. */
export function trainLayers(specs: readonly SpecLayer[], random: Random): TrainLayer[] {
  const layers: TrainLayer[] = [];
  specs.forEach((spec, index) => {
    if (!Object.hasOwn(LAYERS, spec.op) || spec.branches) {
      const what = spec.branches ? 'a branch' : spec.op;
      const known = Object.keys(LAYERS).join(', ');
      throw new SpecError(`${spec.where}: ${what} cannot be trained; train a chain of ${known}`);
    }
    if (spec.op === 'softmax' && index < specs.length - 1) {
      throw new SpecError(`${spec.where}: softmax can be trained as the last layer only`);
    }
    const isFirst = layers.every(({ parameters }) => parameters.length === 0);
    layers.push(LAYERS[spec.op]({ ...spec, shape: spec.inputShape.slice(1), random, isFirst }));
  });
  return layers;
}
