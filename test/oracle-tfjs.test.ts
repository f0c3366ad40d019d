import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, test } from 'vitest';
import { createExecutor } from '../src/kernels/execute/executor.ts';
import { randomGraph, randomInput } from './support/random-graph.ts';
import { buildTfjs } from './support/tfjs-graph.ts';

const GRAPHS = 600;
const CHUNK = 100;
/** Relative to the largest output: tfjs sums in double precision, the reference loops in single. */
const TOLERANCE = 1e-5;

function runTfjs(seed: number): Float32Array {
  const graph = randomGraph(seed);
  const { shape } = graph.tensors[graph.inputs[0]];
  return tf.tidy(() => {
    const input = tf.tensor(randomInput(graph, seed), [...shape], 'float32');
    return Float32Array.from(buildTfjs(graph)([input])[0].dataSync());
  });
}

function compare(seed: number): string | undefined {
  const graph = randomGraph(seed);
  const [ours] = createExecutor(graph).run([randomInput(graph, seed)]);
  const theirs = runTfjs(seed);
  const ops = graph.nodes.map(({ op }) => op).join(' ');
  if (ours.length !== theirs.length)
    return `seed ${seed} (${ops}): ${ours.length} outputs, tfjs ${theirs.length}`;
  const scale = theirs.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1);
  const at = theirs.findIndex(
    (value, index) => !(Math.abs(value - Number(ours[index])) <= TOLERANCE * scale),
  );
  return at < 0 ? undefined : `seed ${seed} (${ops}): element ${at} is ${ours[at]}, tfjs ${theirs[at]}`;
}

describe('float32 networks give what tfjs gives', () => {
  beforeAll(() => tf.setBackend('cpu'));

  test.each(Array.from({ length: GRAPHS / CHUNK }, (_, chunk) => chunk * CHUNK))(
    `${CHUNK} random networks from seed %i`,
    (first) => {
      const differences = Array.from({ length: CHUNK }, (_, at) => compare(first + at)).filter(Boolean);
      expect(differences).toEqual([]);
    },
  );

  test('they cover every operator with float arithmetic', () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < GRAPHS; seed++) randomGraph(seed).nodes.forEach(({ op }) => seen.add(op));
    expect([...seen].sort().join(' ')).toBe(
      'ADD ARG_MAX AVERAGE_POOL_2D CONCATENATION CONV_2D DEPTHWISE_CONV_2D EXPAND_DIMS FULLY_CONNECTED HARD_SWISH ' +
        'LEAKY_RELU LOGISTIC MAXIMUM MAX_POOL_2D MEAN MINIMUM MUL PACK PAD PADV2 PRELU RELU RELU6 RESHAPE ' +
        'RESIZE_BILINEAR RESIZE_NEAREST_NEIGHBOR SOFTMAX SPLIT SQUEEZE STRIDED_SLICE SUB SUM TANH TRANSPOSE ' +
        'TRANSPOSE_CONV',
    );
  });
});
