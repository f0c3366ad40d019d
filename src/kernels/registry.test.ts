import { describe, expect, test } from 'vitest';
import { maixduino } from '../boards/maixduino.ts';
import { deploy } from '../deploy/index.ts';
import type { Graph } from '../models/graph/graph.ts';
import { paperCnn } from '../models/specs/paper-cnn.ts';
import { predict } from '../simulate/predict.ts';
import { conv2d } from './windows/conv-2d/index.ts';
import { loopRounds, opFor, registerOps } from './registry.ts';

const tensor = { name: 'x', shape: [1, 4], dtype: 'float32' } as const;
const byHand = (op: string): Graph => ({
  name: 'hand',
  format: 'builder',
  fileBytes: 0,
  tensors: [tensor, tensor],
  nodes: [{ op, attributes: {}, inputs: [0], outputs: [1] }],
  inputs: [0],
  outputs: [1],
});

// In their order: what is loaded once stays so, and this file loads nothing that loads all.
describe('operators are loaded by who makes the networks', () => {
  test('those of the published CNN always are', () => {
    expect(predict(paperCnn({ filters: 4 }), maixduino).latencyMs.value).toBeGreaterThan(0);
    expect(opFor('RELU')).toBeUndefined();
    expect(opFor('constructor')).toBeUndefined();
  });

  test('one that is not is said to be unloaded, not unknown or refused by the board', () => {
    expect(() => deploy(byHand('TANH'), maixduino)).toThrow(
      'op 0 (TANH): this operator is not loaded; with inferscope/operators: registerOperators(Object.values(OPERATORS))',
    );
  });

  test('those of layers come with the builder of layers', async () => {
    const { buildGraph } = await import('../files/spec-graphs.ts');
    const graph = buildGraph({
      input: [8, 8, 3],
      layers: 'conv 8 3x3 same | leakyrelu | maxpool 2x2 | flatten | dense 10 | softmax',
    });
    expect(graph.nodes.every(({ op }) => opFor(op) !== undefined)).toBe(true);
    expect(opFor('TANH')).toBeDefined();
  });

  test('one that is loaded stays as it is', () => {
    const before = opFor('CONV_2D');
    registerOps([conv2d]);
    expect(opFor('CONV_2D')).toBe(before);
  });

  test('all are with the list of all, and what is not in it is unknown then', async () => {
    const { OPS } = await import('./index.ts');
    expect(Object.keys(OPS).filter((type) => opFor(type) === undefined)).toEqual([]);
    expect(() => deploy(byHand('CUSTOM:None'), maixduino)).toThrow(/refuses the model|does not know/);
  });

  test('rounds of loops are counted where a reader of files is at hand, which hands in what runs networks', async () => {
    const { counted } = await import('../../test/fixtures/state-models.ts');
    const { tfliteFile } = await import('../../test/fixtures/tflite-file.ts');
    const bytes = tfliteFile(counted);
    expect(loopRounds(byHand('WHILE')).size).toBe(0);
    const { readTflite } = await import('../files/tflite.ts');
    expect([...loopRounds(readTflite(bytes, 'm')).values()]).toEqual([2]);
  });
});
