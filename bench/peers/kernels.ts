/* One inference of a network beside the interpreters that run in Node: one thread each, the result read back. */
import { existsSync } from 'node:fs';
import process from 'node:process';
import { createExecutor } from '../../src/kernels/execute/executor.ts';
import { elementCount, type Graph } from '../../src/models/graph/graph.ts';
import type { Contender } from '../harness.ts';
import {
  drawBytes,
  liteRt,
  load,
  MODELS,
  ours,
  runsOfAMoment,
  theirs,
  useWasm,
} from '../kernel-contenders.ts';
import { onnxOf } from './onnx-of.ts';
import { importPeer, type Comparison, type Peer } from './race.ts';

const ROUNDS = 9;
const NETWORKS = ['resnet8_cifar10', 'mobilenetv1_vww96', 'autoencoder_ad'];

interface OnnxRuntime {
  readonly env: { readonly wasm: { numThreads: number } };
  readonly Tensor: new (type: 'float32', data: Float32Array, shape: readonly number[]) => object;
  readonly InferenceSession: {
    create(
      bytes: Uint8Array,
      options: { executionProviders: string[] },
    ): Promise<{ run(feeds: object): Promise<Record<string, { readonly data: Float32Array }>> }>;
  };
}

async function onnxRuntime(graph: Graph): Promise<Contender | undefined> {
  const runtime = await importPeer<OnnxRuntime>('onnxruntime-web');
  if (!runtime) return undefined;
  runtime.env.wasm.numThreads = 1;
  const session = await runtime.InferenceSession.create(onnxOf(graph), { executionProviders: ['wasm'] });
  const { shape } = graph.tensors[graph.inputs[0]];
  const zeros = new Float32Array(elementCount(shape));
  const [expected] = createExecutor(graph).run([zeros]);
  const same = async (dims: readonly number[]) => {
    const [{ data }] = Object.values(await session.run({ x: new runtime.Tensor('float32', zeros, dims) }));
    if (data.some((value, at) => Math.abs(value - Number(expected[at])) > 1e-3))
      throw new Error(`${graph.name}: onnxruntime-web computes something else`);
  };
  const [batch, height, width, channels] = shape;
  const turned = shape.length === 4 ? [batch, channels, height, width] : shape;
  await same(turned);
  const x = new runtime.Tensor('float32', Float32Array.from(drawBytes(graph, 1)), turned);
  const run = async (count: number) => {
    let sum = 0;
    for (let at = 0; at < count; at++) sum += Object.values(await session.run({ x }))[0].data[0];
    return sum;
  };
  return { name: 'onnxruntime-web', run };
}

/** Runs a second of a contender, each measurement so many runs. */
function perSecond(contender: Contender | undefined, count: number): Peer['run'] {
  return async () => {
    if (contender === undefined) return undefined;
    const start = process.hrtime.bigint();
    const result = await contender.run(count);
    if (Number.isNaN(result)) throw new Error(`${contender.name} returned no number`);
    return (count / Number(process.hrtime.bigint() - start)) * 1e9;
  };
}

const shown = (rate: number): string => `${(1000 / rate).toFixed(3)} ms`;

async function comparisonOf(network: string, dtype: 'int8' | 'float'): Promise<Comparison> {
  const graph = load(`${network}_${dtype}.tflite`);
  const mine = ours(graph, true);
  const others =
    dtype === 'int8'
      ? [await liteRt(graph)]
      : [await liteRt(graph), theirs(graph, 'tfjs-backend-wasm'), await onnxRuntime(graph)];
  const names = ['LiteRT.js', 'tfjs-backend-wasm', 'onnxruntime-web'];
  const count = await runsOfAMoment(mine);
  for (const other of others) await other?.run(2);
  return {
    work: `${network}, ${dtype === 'int8' ? 'int8' : 'float32'}`,
    ours: perSecond(mine, count),
    // Int8 is what the boards run and what is promised; of the others the table tells.
    peers: others.map((other, at) => ({
      name: names[at],
      run: perSecond(other, count),
      ...(dtype === 'int8' && { bar: 1 }),
    })),
    shown,
    rounds: ROUNDS,
  };
}

/** Comparisons of inferences; none where the networks are not here. */
export async function kernelComparisons(): Promise<Comparison[]> {
  if (!existsSync(MODELS)) {
    console.log('skipped: kernels, ../shared/models is absent');
    return [];
  }
  await useWasm();
  const comparisons: Comparison[] = [];
  for (const network of NETWORKS)
    for (const dtype of ['int8', 'float'] as const) comparisons.push(await comparisonOf(network, dtype));
  return comparisons;
}
