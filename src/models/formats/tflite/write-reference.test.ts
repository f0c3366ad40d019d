import { readFileSync } from 'node:fs';
import { ByteBuffer } from 'flatbuffers';
import { describe, expect, test } from 'vitest';
import { describeExtra, extraModel } from '../../../../test/support/extra-models.ts';
import { withFloatEnds } from '../../../../test/support/float-ends.ts';
import { goldenBytes, goldenFile, goldenNames } from '../../../../test/support/goldens.ts';
import { openLiteRt } from '../../../../test/support/litert.ts';
import type { Graph } from '../../graph/graph.ts';
import { opFor } from '../../../kernels/index.ts';
import { readTflite, writeTflite } from '../../../files/tflite.ts';
import { Model } from './schema/schema.ts';

interface Golden {
  readonly samples: readonly {
    readonly input_b64: readonly string[];
    readonly output_b64: readonly string[];
  }[];
}

const FLOATS = ['resnet8_cifar10_float', 'mobilenetv1_vww96_float', 'autoencoder_ad_float'];
// One rounding step a layer adds up in deep networks, so those are held to the class they name.
const SHALLOW_INT8S = ['dscnn_kws_int8'];
const INT8S = ['resnet8_cifar10_int8', 'mobilenetv1_vww96_int8', 'dscnn_kws_int8', 'autoencoder_ad_int8'];

/** All that a file keeps of a graph, as text, which is fast to compare. */
function stored({ tensors, nodes, inputs, outputs }: Graph): string {
  const plain = tensors.map(({ data, ...rest }) => ({
    ...rest,
    data: data && Buffer.from(data).toString('hex'),
  }));
  return JSON.stringify({ tensors: plain, nodes, inputs, outputs });
}

/** Codes and versions of the operators in order; codes that no operator uses are left out. */
function codesOf(bytes: Uint8Array): [code: number, version: number][] {
  const model = Model.getRootAsModel(new ByteBuffer(bytes));
  const subgraph = model.subgraphs(0)!;
  return Array.from({ length: subgraph.operatorsLength() }, (_, index) => {
    const code = model.operatorCodes(subgraph.operators(index)!.opcodeIndex())!;
    return [Math.max(code.deprecatedBuiltinCode(), code.builtinCode()), code.version()];
  });
}

/** A model file and the golden file about it. */
interface Pair {
  readonly model: URL;
  readonly golden: URL;
}

const load = ({ model }: Pair) => new Uint8Array(readFileSync(model));
const samplesOf = ({ golden }: Pair) =>
  (JSON.parse(readFileSync(golden, 'utf8')) as Golden).samples.slice(0, 2);
const decode = (base64: string) => new Uint8Array([...Buffer.from(base64, 'base64')]);

/** Written anew it reads the same, with the same operator versions. */
function expectSameWhenWritten(bytes: Uint8Array, name: string, versions = true): void {
  const graph = readTflite(bytes, name);
  const written = writeTflite(graph);
  const isSame = stored(readTflite(written, name)) === stored(graph);
  expect([name, isSame]).toEqual([name, true]);
  if (versions) expect([name, codesOf(written)]).toEqual([name, codesOf(bytes)]);
}

/** False for a file with an operator that the project does not know yet. */
function isWritable(name: string): boolean {
  const graph = readTflite(goldenBytes(`ops/${name}`), name);
  return graph.nodes.every(({ op }) => opFor(op));
}

/** Largest difference of the reference interpreter's outputs from the golden ones, relative to the largest. */
async function floatError(pair: Pair, name: string): Promise<number> {
  const written = writeTflite(readTflite(load(pair), name));
  const model = await openLiteRt(written);
  const graph = readTflite(written, name);
  const errors: number[] = [];
  for (const sample of samplesOf(pair)) {
    const data = new Float32Array(decode(sample.input_b64[0]).buffer);
    const [output] = await model.run([{ data, shape: graph.tensors[graph.inputs[0]].shape }]);
    const wanted = new Float32Array(decode(sample.output_b64[0]).buffer);
    const worst = Math.max(...wanted.map((value, index) => Math.abs(value - output[index])));
    errors.push(worst / Math.max(1, ...wanted.map(Math.abs)));
  }
  return Math.max(...errors);
}

/** Of each sample, how many steps outputs are off, and whether the first class is the same. */
async function int8Errors(pair: Pair, name: string): Promise<{ steps: number; sameClass: boolean }[]> {
  const graph = readTflite(load(pair), name);
  const model = await openLiteRt(writeTflite(withFloatEnds(graph)));
  const [input, output] = [graph.tensors[graph.inputs[0]], graph.tensors[graph.outputs[0]]];
  const [from, to] = [input.quantization!, output.quantization!];
  const errors: { steps: number; sameClass: boolean }[] = [];
  for (const sample of samplesOf(pair)) {
    const steps = new Int8Array(decode(sample.input_b64[0]).buffer);
    const data = Float32Array.from(steps, (step) => from.scales[0] * (step - from.zeroPoints[0]));
    const [found] = await model.run([{ data, shape: input.shape }]);
    const wanted = [...new Int8Array(decode(sample.output_b64[0]).buffer)];
    const off = wanted.map((step, index) => Math.abs(found[index] / to.scales[0] + to.zeroPoints[0] - step));
    const sameClass = found.indexOf(Math.max(...found)) === wanted.indexOf(Math.max(...wanted));
    errors.push({ steps: Math.max(...off), sameClass });
  }
  return errors;
}

describe("files of TensorFlow's converter", () => {
  const paper = (name: string): Pair => ({
    model: goldenFile(`paper/${name}.tflite`),
    golden: goldenFile(`paper/${name}.json`),
  });
  test.each(goldenNames('paper', '.tflite'))('%s: written anew it reads the same', (name) => {
    expectSameWhenWritten(goldenBytes(`paper/${name}`), name);
  });

  // 16-bit activations have operator versions of their own, which the writer does not tell apart.
  test.each([
    ['float', true],
    ['int8', true],
    ['u8', true],
    ['f16', true],
    ['dyn', true],
    ['i16', false],
  ])('%s operators and networks: written anew they read the same (versions: %s)', (mode, versions) => {
    const names = goldenNames('ops', `.${mode}.tflite`).filter(isWritable);
    for (const name of names) expectSameWhenWritten(goldenBytes(`ops/${name}`), name, versions);
    expect(names.length).toBeGreaterThan(20);
  });

  test.each(['paper-float_f1_k3', 'paper-float_f4_k3', 'paper-float_f10_k3'])(
    '%s: the reference interpreter gives the outputs of the original',
    async (name) => expect(await floatError(paper(name), name)).toBeLessThan(1e-5),
  );

  test.each(['paper-int8_f1_k3', 'paper-int8_f10_k3'])(
    '%s: the reference interpreter runs it in int8, within a step',
    async (name) => {
      for (const { steps } of await int8Errors(paper(name), name)) expect(steps).toBeLessThanOrEqual(1.0001);
    },
  );
});

describeExtra("files of TensorFlow's converter", () => {
  const pair = (name: string): Pair => ({
    model: extraModel(`${name}.tflite`),
    golden: extraModel(`golden/${name}.json`),
  });

  test.each([...FLOATS, ...INT8S])('%s: written anew it reads the same', (name) => {
    expectSameWhenWritten(load(pair(name)), name);
  });

  test.each(FLOATS)('%s: the reference interpreter gives the outputs of the original', async (name) => {
    expect(await floatError(pair(name), name)).toBeLessThan(1e-5);
  });

  test.each(INT8S)('%s: the reference interpreter runs it in int8', async (name) => {
    for (const { steps, sameClass } of await int8Errors(pair(name), name)) {
      if (SHALLOW_INT8S.includes(name)) expect(steps).toBeLessThanOrEqual(1.0001);
      else expect(sameClass).toBe(true);
    }
  });
});
