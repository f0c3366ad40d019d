import * as tf from '@tensorflow/tfjs-core';

/** Loss and hits of one batch. */
export interface Scores {
  /** Sum over the batch of -log p(label). */
  readonly lossSum: number;
  readonly hits: number;
}

interface Rated extends Scores {
  /** Gradient of the mean loss by the logits. */
  readonly gradients: Float32Array;
}

/** Index of the largest of `count` values from `from` on; the first of equal ones. */
export function argMax(values: ArrayLike<number>, from: number, count: number): number {
  let best = 0;
  for (let index = 1; index < count; index++) if (values[from + index] > values[from + best]) best = index;
  return best;
}

/** Sparse categorical cross-entropy on logits [labels, classes]. */
export function rateLogits(logits: Float32Array, labels: Uint8Array): Rated {
  const classes = logits.length / labels.length;
  const gradients = new Float32Array(logits.length);
  let lossSum = 0;
  let hits = 0;
  for (let row = 0; row < labels.length; row++) {
    const from = row * classes;
    const best = argMax(logits, from, classes);
    if (best === labels[row]) hits++;
    const largest = logits[from + best];
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += Math.exp(logits[from + c] - largest);
    lossSum += Math.log(sum) - (logits[from + labels[row]] - largest);
    for (let c = 0; c < classes; c++) {
      const probability = Math.exp(logits[from + c] - largest) / sum;
      gradients[from + c] = (probability - Number(c === labels[row])) / labels.length;
    }
  }
  return { lossSum, hits, gradients };
}

/** The mean loss of a batch as a step of the tape; `report` is told what it found. */
export function crossEntropy(
  logits: tf.Tensor,
  labels: Uint8Array,
  report: (scores: Scores) => void,
): tf.Scalar {
  const step = tf.customGrad((x) => {
    const rated = rateLogits((x as tf.Tensor).dataSync() as Float32Array, labels);
    report(rated);
    return {
      value: tf.scalar(rated.lossSum / labels.length),
      gradFunc: (dy: tf.Tensor) => [tf.mul(tf.tensor(rated.gradients, logits.shape), dy)],
    };
  });
  return step(logits) as tf.Scalar;
}
