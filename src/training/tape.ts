import * as tf from '@tensorflow/tfjs-core';
import { columnsOf, pixelsOf } from './columns.ts';
import { depthwiseBackward, depthwiseForward } from './depthwise-gradients.ts';
import type { Pooled } from './pool-gradients.ts';
import type { SlidingWindow } from './sliding-window.ts';

// The Node build of tfjs-core registers no gradients, so every step that the tape records brings its own here. Dense
// algebra runs on the backend; loops over windows are plain, since backends lack their gradients.

type Gradients = (dy: tf.Tensor, saved: tf.Tensor[]) => tf.Tensor[];
type Forward = (save: (tensors: tf.Tensor[]) => void) => { value: tf.Tensor; gradients: Gradients };

/** Records one step whose gradients by `inputs` are given. */
function record(inputs: readonly tf.Tensor[], forward: Forward): tf.Tensor {
  const step = tf.customGrad((...operands) => {
    const save = operands.at(-1) as unknown as (tensors: tf.Tensor[]) => void;
    const { value, gradients } = forward(save);
    return { value, gradFunc: (dy, saved) => gradients(dy, saved) };
  });
  return step(...inputs);
}

function floats(tensor: tf.Tensor): Float32Array<ArrayBuffer> {
  return tensor.dataSync() as Float32Array<ArrayBuffer>;
}

/** Weights and bias of an affine step. */
export interface AffineParameters {
  /** [inputs, outputs]. */
  readonly weights: tf.Tensor;
  /** [outputs]. */
  readonly bias?: tf.Tensor;
}

/** rows [n, inputs] times weights plus bias; the gradient by the rows only where `passOn` asks for it. */
function affineRows(
  inputs: readonly tf.Tensor[],
  rows: () => tf.Tensor2D,
  { weights, bias }: AffineParameters,
  passOn: ((rowGradients: tf.Tensor) => tf.Tensor) | undefined,
  shape: readonly number[],
): tf.Tensor {
  const parameters = bias ? [weights, bias] : [weights];
  return record(passOn ? [...inputs, ...parameters] : parameters, (save) => {
    const x = rows();
    save([x, weights]);
    const product = tf.matMul(x, weights);
    const value = tf.reshape(bias ? tf.add(product, bias) : product, [...shape]);
    const gradients: Gradients = (dy, [x, weights]) => {
      const byRow = tf.reshape(dy, [-1, weights.shape[1]!]) as tf.Tensor2D;
      const byWeight = tf.matMul(x, byRow, true, false);
      const own = bias ? [byWeight, tf.sum(byRow, 0)] : [byWeight];
      return passOn ? [passOn(tf.matMul(byRow, weights, false, true)), ...own] : own;
    };
    return { value, gradients };
  });
}

/** Fully connected: x [n, inputs]. */
export function dense(x: tf.Tensor, parameters: AffineParameters, needsInputGradient: boolean): tf.Tensor {
  const passOn = needsInputGradient ? (byRow: tf.Tensor) => byRow : undefined;
  const shape = [x.shape[0], parameters.weights.shape[1]!];
  return affineRows([x], () => x.clone() as tf.Tensor2D, parameters, passOn, shape);
}

/** Convolution as one product of the image's columns: weights [kernelHeight * kernelWidth * channels, filters]. */
export function convolve(
  x: tf.Tensor,
  parameters: AffineParameters,
  window: SlidingWindow,
  needsInputGradient: boolean,
): tf.Tensor {
  const images = x.shape[0];
  const [taps, filters] = parameters.weights.shape as [number, number];
  const columns = () =>
    tf.tensor2d(columnsOf(floats(x), window, images), [images * window.outHeight * window.outWidth, taps]);
  const passOn = (byColumn: tf.Tensor) => tf.tensor(pixelsOf(floats(byColumn), window, images), x.shape);
  const shape = [images, window.outHeight, window.outWidth, filters];
  return affineRows([x], columns, parameters, needsInputGradient ? passOn : undefined, shape);
}

/** Depthwise convolution: weights [kernelHeight * kernelWidth, channels * multiplier], bias of that many. */
export function convolveDepthwise(
  x: tf.Tensor,
  weights: tf.Tensor,
  bias: tf.Tensor,
  window: SlidingWindow,
  multiplier: number,
): tf.Tensor {
  const depthwise = { window, multiplier, images: x.shape[0] };
  return record([x, weights, bias], () => {
    const [pixels, w, b] = [x, weights, bias].map((tensor) => floats(tensor));
    const shape = [depthwise.images, window.outHeight, window.outWidth, window.channels * multiplier];
    const value = tf.tensor(depthwiseForward(pixels, w, b, depthwise), shape);
    const gradients: Gradients = (dy) => {
      const found = depthwiseBackward(floats(dy), pixels, w, depthwise);
      return [
        tf.tensor(found.pixels, x.shape),
        tf.tensor(found.weights, weights.shape),
        tf.sum(tf.reshape(dy, [-1, bias.shape[0]]), 0),
      ];
    };
    return { value, gradients };
  });
}

/** Pooling by one of the functions of `pool.ts`. */
export function pool(
  x: tf.Tensor,
  window: SlidingWindow,
  kind: (pixels: Float32Array, window: SlidingWindow, images: number) => Pooled,
): tf.Tensor {
  const images = x.shape[0];
  return record([x], () => {
    const pooled = kind(floats(x), window, images);
    const shape = [images, window.outHeight, window.outWidth, window.channels];
    return {
      value: tf.tensor(pooled.outputs, shape),
      gradients: (dy) => [tf.tensor(pooled.backward(floats(dy)), x.shape)],
    };
  });
}

export function reshape(x: tf.Tensor, shape: readonly number[]): tf.Tensor {
  return record([x], () => ({
    value: tf.reshape(x, [...shape]),
    gradients: (dy) => [tf.reshape(dy, x.shape)],
  }));
}

/** An element-wise function and its derivative, from its input and its output. */
export interface Elementwise {
  value(x: tf.Tensor): tf.Tensor;
  derivative(x: tf.Tensor, y: tf.Tensor): tf.Tensor;
}

export function applyElementwise(x: tf.Tensor, f: Elementwise): tf.Tensor {
  return record([x], (save) => {
    const value = f.value(x);
    save([x, value]);
    return { value, gradients: (dy, [x, y]) => [tf.mul(dy, f.derivative(x, y))] };
  });
}

/** Batch normalization over all but the last axis, and the statistics of the batch that it used. */
export function normalizeBatch(
  x: tf.Tensor,
  gamma: tf.Tensor,
  beta: tf.Tensor,
  epsilon: number,
): { y: tf.Tensor; mean: Float32Array; variance: Float32Array; rows: number } {
  const channels = gamma.shape[0];
  const rows = x.size / channels;
  let statistics = { mean: new Float32Array(), variance: new Float32Array() };
  const y = record([x, gamma, beta], (save) => {
    const flat = tf.reshape(x, [rows, channels]);
    const mean = tf.mean(flat, 0);
    const centred = tf.sub(flat, mean);
    const variance = tf.mean(tf.square(centred), 0);
    const scale = tf.rsqrt(tf.add(variance, epsilon));
    const normal = tf.mul(centred, scale);
    statistics = { mean: floats(mean), variance: floats(variance) };
    save([normal, scale, gamma]);
    const value = tf.reshape(tf.add(tf.mul(normal, gamma), beta), x.shape);
    const gradients: Gradients = (dy, [normal, scale, gamma]) => {
      const byRow = tf.reshape(dy, [rows, channels]);
      const byBeta = tf.sum(byRow, 0);
      const byGamma = tf.sum(tf.mul(byRow, normal), 0);
      const common = tf.div(tf.add(byBeta, tf.mul(normal, byGamma)), rows);
      const byInput = tf.mul(tf.sub(byRow, common), tf.mul(gamma, scale));
      return [tf.reshape(byInput, x.shape), byGamma, byBeta];
    };
    return { value, gradients };
  });
  return { y, ...statistics, rows };
}
