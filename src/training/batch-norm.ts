import * as tf from '@tensorflow/tfjs-core';
import type { Parameter } from './parameter.ts';
import { normalizeBatch } from './tape.ts';

// Keras' defaults for BatchNormalization.
const MOMENTUM = 0.99;
const EPSILON = 1e-3;

/** Batch normalization with the running statistics that inference uses. */
export class BatchNorm {
  readonly parameters: readonly Parameter[];
  readonly #channels: number;
  #mean: Float32Array;
  #variance: Float32Array;

  constructor(channels: number) {
    this.#channels = channels;
    this.parameters = [
      { name: 'gamma', shape: [channels], initial: new Float32Array(channels).fill(1) },
      { name: 'beta', shape: [channels], initial: new Float32Array(channels) },
    ];
    this.#mean = new Float32Array(channels);
    this.#variance = new Float32Array(channels).fill(1);
  }

  forward(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor, training: boolean): tf.Tensor {
    if (!training) {
      const { scale, offset } = this.fold(
        gamma.dataSync() as Float32Array,
        beta.dataSync() as Float32Array,
        this.snapshot(),
      );
      return tf.add(tf.mul(x, tf.tensor1d(scale)), tf.tensor1d(offset));
    }
    const { y, mean, variance } = normalizeBatch(x, gamma, beta, EPSILON);
    this.#mean = blend(this.#mean, mean);
    this.#variance = blend(this.#variance, variance);
    return y;
  }

  /** The running statistics: means, then variances. */
  snapshot(): Float32Array {
    return Float32Array.from([...this.#mean, ...this.#variance]);
  }

  /** What inference computes: x * scale + offset, for these parameters and statistics. */
  fold(
    gamma: Float32Array,
    beta: Float32Array,
    statistics: Float32Array,
  ): { scale: Float32Array; offset: Float32Array } {
    const channels = this.#channels;
    const scale = gamma.map((value, c) => value / Math.sqrt(statistics[channels + c] + EPSILON));
    const offset = beta.map((value, c) => value - statistics[c] * scale[c]);
    return { scale, offset };
  }
}

function blend(running: Float32Array, batch: Float32Array): Float32Array {
  return running.map((value, c) => MOMENTUM * value + (1 - MOMENTUM) * batch[c]);
}
