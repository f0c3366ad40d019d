import { existsSync, readFileSync } from 'node:fs';
import { ByteBuffer } from 'flatbuffers';
import { describe, expect, test } from 'vitest';
import { withFloatEnds } from '../../../../test/support/float-ends.ts';
import { openLiteRt } from '../../../../test/support/litert.ts';
import type { Graph } from '../../graph/graph.ts';
import { readTflite } from '../../../files/tflite.ts';
import { Model } from './schema/schema.ts';
import { writeTflite } from '../../../files/tflite.ts';

const FOLDER = new URL('../../../../../shared/models/', import.meta.url);
const missing = !existsSync(FOLDER);
const reason = missing ? ' (skipped: needs ../shared/models beside the project)' : '';
const load = (name: string) => new Uint8Array(readFileSync(new URL(name, FOLDER)));

interface Golden {
  readonly samples: readonly {
    readonly input_b64: readonly string[];
    readonly output_b64: readonly string[];
  }[];
}

const FLOATS = [
  'resnet8_cifar10_float',
  'mobilenetv1_vww96_float',
  'autoencoder_ad_float',
  'paper/paper-float_f4_k3',
];
// One rounding step a layer adds up in deep networks, so those are held to the class they name.
const SHALLOW_INT8S = ['dscnn_kws_int8', 'paper/paper-int8_f1_k3', 'paper/paper-int8_f10_k3'];
const INT8S = ['resnet8_cifar10_int8', 'mobilenetv1_vww96_int8', 'dscnn_kws_int8', 'autoencoder_ad_int8'];

const stored = ({ tensors, nodes, inputs, outputs }: Graph) => ({ tensors, nodes, inputs, outputs });

/** Codes and versions of the operators in order; codes that no operator uses are left out. */
function codesOf(bytes: Uint8Array): [code: number, version: number][] {
  const model = Model.getRootAsModel(new ByteBuffer(bytes));
  const subgraph = model.subgraphs(0)!;
  return Array.from({ length: subgraph.operatorsLength() }, (_, index) => {
    const code = model.operatorCodes(subgraph.operators(index)!.opcodeIndex())!;
    return [Math.max(code.deprecatedBuiltinCode(), code.builtinCode()), code.version()];
  });
}

const readGolden = (name: string): Golden =>
  JSON.parse(readFileSync(new URL(`golden/${name.split('/').at(-1)}.json`, FOLDER), 'utf8'));
const decode = (base64: string) => new Uint8Array([...Buffer.from(base64, 'base64')]);

describe.skipIf(missing)(`files of TensorFlow's converter${reason}`, () => {
  test.each([...FLOATS, ...INT8S])(
    '%s: written anew it reads the same, with the same operator versions',
    (name) => {
      const bytes = load(`${name}.tflite`);
      const graph = readTflite(bytes, name);
      const written = writeTflite(graph);
      expect(stored(readTflite(written, name))).toEqual(stored(graph));
      expect(codesOf(written)).toEqual(codesOf(bytes));
    },
  );

  test.each(FLOATS)('%s: the reference interpreter gives the outputs of the original', async (name) => {
    const written = writeTflite(readTflite(load(`${name}.tflite`), name));
    const model = await openLiteRt(written);
    const graph = readTflite(written, name);
    for (const sample of readGolden(name).samples.slice(0, 2)) {
      const data = new Float32Array(decode(sample.input_b64[0]).buffer);
      const [output] = await model.run([{ data, shape: graph.tensors[graph.inputs[0]].shape }]);
      const wanted = new Float32Array(decode(sample.output_b64[0]).buffer);
      const worst = Math.max(...wanted.map((value, index) => Math.abs(value - output[index])));
      const largest = Math.max(1, ...wanted.map(Math.abs));
      expect(worst / largest).toBeLessThan(1e-5);
    }
  });

  test.each([...SHALLOW_INT8S, ...INT8S])('%s: the reference interpreter runs it in int8', async (name) => {
    const graph = readTflite(load(`${name}.tflite`), name);
    const model = await openLiteRt(writeTflite(withFloatEnds(graph)));
    const [input, output] = [graph.tensors[graph.inputs[0]], graph.tensors[graph.outputs[0]]];
    const [from, to] = [input.quantization!, output.quantization!];
    for (const sample of readGolden(name).samples.slice(0, 2)) {
      const steps = new Int8Array(decode(sample.input_b64[0]).buffer);
      const data = Float32Array.from(steps, (step) => from.scales[0] * (step - from.zeroPoints[0]));
      const [found] = await model.run([{ data, shape: input.shape }]);
      const wanted = [...new Int8Array(decode(sample.output_b64[0]).buffer)];
      const off = wanted.map((step, index) =>
        Math.abs(found[index] / to.scales[0] + to.zeroPoints[0] - step),
      );
      if (SHALLOW_INT8S.includes(name)) expect(Math.max(...off)).toBeLessThanOrEqual(1.0001);
      else expect(found.indexOf(Math.max(...found))).toBe(wanted.indexOf(Math.max(...wanted)));
    }
  });
});
