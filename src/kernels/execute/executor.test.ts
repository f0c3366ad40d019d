import { describe, expect, test } from 'vitest';
import { activation, constant, oneOp } from '../../../test/support/one-op.ts';
import { TINY_FLOAT } from '../../../test/fixtures/tiny-models.ts';
import { tfliteFile } from '../../../test/fixtures/tflite-file.ts';
import type { Graph } from '../../models/graph/graph.ts';
import { graphFromBytes } from '../../files/load-model.ts';
import { modelFromSpec } from '../../models/specs/spec.ts';
import { planBuffers } from './buffer-plan.ts';
import { checkGolden } from './check-golden.ts';
import { createExecutor } from './executor.ts';

const tiny = () => graphFromBytes(tfliteFile(TINY_FLOAT), 'tiny.tflite');
const image = (value = 0.5) => new Float32Array(16).fill(value);

/** relu(x) + x, of four floats. */
function addGraph(): Graph {
  const tensors = ['x', 'r', 'y'].map((name) => ({ name, shape: [1, 4], dtype: 'float32' as const }));
  const relu = { op: 'RELU', attributes: {}, inputs: [0], outputs: [1] };
  const add = { op: 'ADD', attributes: { activation: 'NONE' }, inputs: [1, 0], outputs: [2] };
  return {
    name: 'add',
    format: 'builder',
    tensors,
    nodes: [relu, add],
    inputs: [0],
    outputs: [2],
    fileBytes: 0,
  };
}

function message(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  return 'no error';
}

describe('an executor', () => {
  test('runs a network again and again with equal results', () => {
    const executor = createExecutor(tiny());
    const first = Array.from(executor.run([image()])[0], Number);
    executor.run([image(-3)]);
    expect(Array.from(executor.run([image()])[0], Number)).toEqual(first);
  });

  test('takes plain numbers as well as typed arrays', () => {
    const executor = createExecutor(addGraph());
    expect(Array.from(executor.run([[1, -2, 0, 4]])[0], Number)).toEqual([2, -2, 0, 8]);
  });

  test('shows every tensor after the node that wrote it', () => {
    const executor = createExecutor(addGraph());
    const seen: number[][] = [];
    executor.run([[1, -2, 0, 4]], (node) => seen.push(Array.from(executor.tensor(node + 1), Number)));
    expect(seen).toEqual([
      [1, 0, 0, 4],
      [2, -2, 0, 8],
    ]);
  });

  test('gives the same views back, so that a run allocates no outputs', () => {
    const executor = createExecutor(addGraph());
    const [first] = executor.run([[1, 2, 3, 4]]);
    expect(executor.run([[5, 6, 7, 8]])[0]).toBe(first);
  });

  test('runs batches of images to what it gives one by one', () => {
    const executor = createExecutor(addGraph());
    const [outputs] = executor.runBatch([Float32Array.of(1, -2, 0, 4, -1, 2, -3, 0.5)], 2);
    expect(Array.from(outputs, Number)).toEqual([2, -2, 0, 8, -1, 4, -3, 1]);
  });

  test('shares memory between tensors that are not needed together', () => {
    const tensors = ['a', 'b', 'c', 'd'].map((name) => ({
      name,
      shape: [1, 100],
      dtype: 'float32' as const,
    }));
    const nodes = [0, 1, 2].map((at) => ({ op: 'RELU', attributes: {}, inputs: [at], outputs: [at + 1] }));
    const graph: Graph = { ...addGraph(), tensors, nodes, outputs: [3] };
    expect(planBuffers(graph).bytes).toBe(800);
  });
});

describe('mistakes are told in one line that names the tensor, the op and its index', () => {
  test.each<[string, unknown[], string]>([
    ['too few values', [[1, 2]], 'input 0 "x" got 2 values, needs 4 values for its shape [1,4]'],
    ['NaN', [[1, NaN, 3, 4]], 'input 0 "x" holds NaN at element 1; replace it by a number'],
    [
      'another type',
      [Int8Array.of(1, 2, 3, 4)],
      'input 0 "x" is float32, got a Int8Array; give a Float32Array',
    ],
    ['no input', [], 'got 0 inputs, the network has 1'],
  ])('%s', (_what, inputs, expected) => {
    expect(message(() => createExecutor(addGraph()).run(inputs as never))).toBe(expected);
  });

  test('integers outside of the type', () => {
    const graph = oneOp('RELU', {}, [activation([2], 'int8', 1, 0)], activation([2], 'int8', 1, 0));
    expect(message(() => createExecutor(graph).run([[1, 200]]))).toBe(
      'input 0 "t0" holds 200 at element 1, int8 needs integers -128 to 127',
    );
  });

  test('fractions where integers of 64 bits are wanted', () => {
    const wide = { shape: [2], dtype: 'int64' } as const;
    const graph = oneOp('NOT_EQUAL', {}, [wide, wide], { shape: [2], dtype: 'bool' });
    expect(
      message(() =>
        createExecutor(graph).run([
          [1, 2],
          [1, 2.5],
        ]),
      ),
    ).toBe('input 1 "t1" holds 2.5 at element 1, int64 needs integers');
    expect(
      Array.from(
        createExecutor(graph).run([
          [1, 2],
          [1, 3],
        ])[0] as Uint8Array,
      ),
    ).toEqual([0, 1]);
  });

  test('an operator that the project does not know', () => {
    const graph = { ...addGraph(), nodes: [{ op: 'LSTM', attributes: {}, inputs: [0], outputs: [2] }] };
    expect(message(() => createExecutor(graph))).toMatch(
      /^op 0 \(LSTM\): inferscope does not know this operator yet/,
    );
  });

  test('int8 weights with float activations', () => {
    const inputs = [{ shape: [1, 2], dtype: 'float32' as const }, constant([1, 2], [1, 2], 'int8', [1])];
    const attributes = { activation: 'NONE', keepNumDims: false } as const;
    const graph = oneOp('FULLY_CONNECTED', attributes, inputs, { shape: [1, 1], dtype: 'float32' });
    expect(message(() => createExecutor(graph))).toBe(
      'op 0 (FULLY_CONNECTED): int8 weights with float32 activations have no arithmetic',
    );
  });

  test('a quantized tensor without a scale', () => {
    const graph = oneOp('RELU', {}, [{ shape: [2], dtype: 'int8' }], activation([2], 'int8', 1, 0));
    expect(message(() => createExecutor(graph))).toBe('op 0 (RELU): input is int8 without a scale');
  });

  test('unknown dimensions', () => {
    const graph = addGraph();
    const tensors = graph.tensors.map((tensor, at) =>
      at === 0 ? { ...tensor, shapeSignature: [1, -1] } : tensor,
    );
    expect(message(() => createExecutor({ ...graph, tensors }))).toBe(
      'model input 0 "x" has unknown dimensions [1,-1] beyond the batch; export the model with a fixed input shape',
    );
  });

  test('a network that is given by its shapes only', () => {
    const graph = modelFromSpec('paper:2')!;
    expect(message(() => createExecutor(graph))).toMatch(
      /^tensor \d+ ".*" has no values: the model gives its shape only$/,
    );
  });

  test('a golden file of another format', () => {
    expect(message(() => checkGolden(addGraph(), { rows: [] }))).toBe(
      'golden file: needs "samples", each with the base64 lists "input_b64" and "output_b64"',
    );
  });
});

test('a golden file says how far off a wrong output is', () => {
  const base64 = (values: number[]) =>
    btoa(String.fromCharCode(...new Uint8Array(Float32Array.from(values).buffer)));
  const samples = [{ id: 's0', input_b64: [base64([1, -2, 0, 4])], output_b64: [base64([2, -2, 0.25, 8])] }];
  const check = checkGolden(addGraph(), { samples });
  expect([check.equal, check.maxAbsError]).toEqual([false, 0.25]);
});
