import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { graphFromBytes } from '../../src/files/load-model.ts';
import { COUNT_NAMES } from '../../src/kernels/definition/count-names.ts';
import type { Work } from '../../src/kernels/definition/op.ts';
import type { Operands } from '../../src/kernels/definition/operands.ts';
import { createExecutor } from '../../src/kernels/execute/executor.ts';
import { opFor } from '../../src/kernels/index.ts';
import { int32Constant } from '../../src/models/graph/constant-tensors.ts';
import type { DType, TensorInfo } from '../../src/models/graph/graph.ts';
import { arrayOf, oneOp, type Operand } from './one-op.ts';
import { decodeArray, differsFromGolden, OP_GOLDENS, readOpGoldens } from './op-goldens.ts';

/** Operands for rows of these tests: activations, constants whose values do not matter, constant integers. */
export const tensor = (shape: readonly number[], dtype: DType = 'float32'): TensorInfo => ({ shape, dtype });
export const constantOf = (shape: readonly number[]): TensorInfo => ({ ...tensor(shape), isConstant: true });
export const ints = (...values: number[]): TensorInfo => int32Constant('', values);
export const scalar = (value: number): TensorInfo => ({ ...ints(value), shape: [] });
export const pairs = (...values: number[]): TensorInfo => ({
  ...ints(...values),
  shape: [values.length / 2, 2],
});

function inferShapes(type: string, attributes: object, inputs: Operands): number[][] {
  return opFor(type)!
    .infer(attributes, inputs)
    .map(({ shape }) => [...shape]);
}

/** Shapes worked out by hand from TensorFlow's definitions of the operators. */
export function testShapes(rows: readonly [op: string, object, Operands, shapes: number[][]][]): void {
  test.each(rows)('%s %j infers its shape', (type, attributes, inputs, expected) => {
    expect(inferShapes(type, attributes, inputs)).toEqual(expected);
  });
}

/** What does not fit, and part of the sentence that says so. */
export function testRefusals(rows: readonly [op: string, object, Operands, sentence: string][]): void {
  test.each(rows)('%s %j of what does not fit says why', (type, attributes, inputs, message) => {
    expect(() => inferShapes(type, attributes, inputs)).toThrow(message);
  });
}

type ExpectedWork = Partial<Omit<Work, 'counts'>> & { readonly counts?: Record<string, number> };

/** Work by hand: kernel taps x outputs, elements x bytes of the type; of its counts those that are named. */
export function testWork(rows: readonly [op: string, object, Operands, work: ExpectedWork][]): void {
  describe.each(rows)('%s %j', (type, attributes, inputs, expected) => {
    const op = opFor(type)!;
    const work = op.work(attributes, inputs, op.infer(attributes, inputs));
    const { counts, ...totals } = work;

    it(`counts ${JSON.stringify(expected)}`, () => {
      expect(work).toMatchObject(expected);
    });

    it('repeats its totals among its counts', () => {
      expect(counts).toMatchObject({ ...totals });
    });

    it('counts in whole numbers, by names of the vocabulary', () => {
      const odd = Object.entries(counts).filter(
        ([name, value]) => !(name in COUNT_NAMES) || !Number.isInteger(value) || value < 0,
      );
      // `reduced` is a ratio, whole only for reductions.
      expect(odd.filter(([name]) => name !== 'reduced')).toEqual([]);
    });
  });
}

/** An operator that normalises the rows of the last dimension: its shape, its work, and what has no such dimension. */
export function testLastDimension(op: string): void {
  testShapes([[op, {}, [tensor([2, 3])], [[2, 3]]]]);
  testRefusals([[op, {}, [tensor([])], 'a scalar has no dimension to normalise over']]);
  testWork([[op, {}, [tensor([2, 3, 4])], { elements: 24, counts: { rows: 6, rowLength: 4 } }]]);
}

/** Files of test/golden/ops that hold the operator: its outputs are what TensorFlow Lite Micro gives. */
export function testGoldens(files: Readonly<Record<string, readonly string[]>>): void {
  const goldens = readOpGoldens();
  const rows = Object.entries(files).flatMap(([op, names]) => names.map((name) => [op, name] as const));
  test.each(rows)('%s gives what TensorFlow Lite Micro gives: %s', (op, name) => {
    const file = `${name}.tflite`;
    const graph = graphFromBytes(readFileSync(new URL(file, OP_GOLDENS)), file);
    expect(graph.nodes.map((node) => node.op)).toContain(op);
    const { inputs = [], outputs = [] } = goldens[file]!;
    const got = createExecutor(graph, { fast: false }).run(inputs.map(decodeArray));
    expect(outputs.map((output, at) => differsFromGolden(got[at]!, output))).toEqual(
      outputs.map(() => false),
    );
  });
}

/** One run whose outcome is known by hand; inputs with `data` are constants, the others take `given` in order. */
export interface KnownRun {
  readonly attributes?: object;
  readonly inputs: readonly Operand[];
  readonly output: Operand;
  readonly given: readonly (readonly number[])[];
  readonly expected: readonly number[];
}

/** Stored elements by hand. */
export function testRuns(rows: readonly [op: string, what: string, run: KnownRun][]): void {
  test.each(rows)('%s: %s', (op, _, { attributes = {}, inputs, output, given, expected }) => {
    const graph = oneOp(op as 'ABS', attributes as never, inputs, output);
    const arrays = given.map((list, at) => arrayOf(list, graph.tensors[graph.inputs[at]!]!.dtype as 'int8'));
    const [out] = createExecutor(graph, { fast: false }).run(arrays);
    expect(Array.from(out as Int8Array, Number)).toEqual(expected);
  });
}
