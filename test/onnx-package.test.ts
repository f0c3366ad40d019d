import { existsSync, readFileSync } from 'node:fs';
import { env } from 'node:process';
import { describe, expect, test } from 'vitest';
import { readOnnx } from '../src/files/onnx/read-onnx.ts';
import { createExecutor } from '../src/kernels/execute/executor.ts';
import { graphWork } from '../src/kernels/execute/graph-work.ts';
import type { Graph } from '../src/models/graph/graph.ts';
import { inShape, readFloats } from './support/onnx-tensors.ts';

/** Files that others exported, from the PyPI package onnx; where they are absent these tests do not exist. */
const DATA = env['INFERSCOPE_ONNX_DATA'] ?? '';

interface Golden {
  readonly macs: number;
  readonly outputs: readonly (readonly number[])[];
  readonly refused?: string;
}

const golden = Object.entries(
  JSON.parse(readFileSync(new URL('golden/onnx/shapes.json', import.meta.url), 'utf8')) as Record<
    string,
    Golden
  >,
);
const pathOf = (name: string) =>
  name.startsWith('light/') ? `${DATA}/${name}.onnx` : `${DATA}/${name}/model.onnx`;
const read = (name: string) => readOnnx(readFileSync(pathOf(name)), name);
const sides = (shape: readonly number[]) => [...shape].sort((a, b) => a - b);

/** What cannot be compared: roots of negative numbers, and a row that was a map, which lies pixel by pixel here. */
const OTHER = new Set(['pytorch-operator/test_operator_sqrt', 'pytorch-operator/test_operator_flatten']);

/** Whether the network answers what the package says, its axes in some order. */
function answers(graph: Graph, folder: string): boolean {
  const shapesOf = (tensors: readonly number[]) => tensors.map((at) => graph.tensors[at]!.shape);
  const inputs = shapesOf(graph.inputs).map((shape, at) =>
    inShape(readFloats(`${folder}/input_${at}.pb`), shape),
  );
  const wanted = shapesOf(graph.outputs).map((shape, at) =>
    inShape(readFloats(`${folder}/output_${at}.pb`), shape),
  );
  return inputs[0]!.some((first) => {
    const given = [first, ...inputs.slice(1).map(([input]) => input!)];
    const found = createExecutor(graph).run(given.map(({ values }) => Float32Array.from(values)));
    const isNear = (values: ArrayLike<number>, at: number) =>
      Array.from(values).every((value, index) => {
        return Math.abs(value - Number(found[at]![index])) <= 1e-4 + 1e-4 * Math.abs(value);
      });
    return wanted.every((orders, at) => orders.some(({ values }) => isNear(values, at)));
  });
}

test('the golden file tells of whole networks, layers and refusals', () => {
  expect(golden.filter(([name]) => name.startsWith('light/'))).toHaveLength(9);
  expect(golden.filter(([, { refused }]) => refused === undefined).length).toBeGreaterThan(80);
});

if (existsSync(DATA)) {
  describe('files of the package onnx', () => {
    const [taken, refused] = [
      golden.filter(([, one]) => !one.refused),
      golden.filter(([, one]) => one.refused),
    ];

    test.each(taken)(
      '%s has the shapes and multiply-accumulates that onnx infers',
      (name, { macs, outputs }) => {
        const graph = read(name);
        expect(graphWork(graph).totals.macs).toBe(macs);
        expect(graph.outputs.map((at) => sides(graph.tensors[at]!.shape))).toEqual(outputs.map(sides));
      },
    );

    const layers = taken
      .map(([name]) => name)
      .filter((name) => name.startsWith('pytorch') && !OTHER.has(name));
    test.each(layers)('%s answers as PyTorch did', (name) => {
      expect(answers(read(name), `${DATA}/${name}/test_data_set_0`)).toBe(true);
    });

    test.each(refused)('%s is refused by name', (name, { refused: word }) => {
      expect(() => read(name)).toThrow(word);
    });
  });
}
