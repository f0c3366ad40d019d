/*
 * Networks of ../shared/models as contenders of a race: our executor, tfjs (wasm, one thread, float32) and LiteRT.js.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { graphFromBytes } from '../src/files/load-model.ts';
import { writeTflite } from '../src/files/tflite.ts';
import { createExecutor } from '../src/kernels/execute/executor.ts';
import { elementCount, type Graph } from '../src/models/graph/graph.ts';
import { seededIntegers } from '../src/seeded-random.ts';
import { withFloatEnds } from '../test/support/float-ends.ts';
import { openLiteRt } from '../test/support/litert.ts';
import { buildTfjs } from '../test/support/tfjs-graph.ts';
import type { Contender } from './harness.ts';

export const MODELS = new URL('../../shared/models/', import.meta.url);
/** Milliseconds that one measurement takes, more or less: a moment of the machine. */
const MOMENT_MS = 50;

export function load(file: string): Graph {
  return graphFromBytes(readFileSync(new URL(file, MODELS)), file);
}

export function isInt8(graph: Graph): boolean {
  return graph.tensors[graph.inputs[0]].dtype === 'int8';
}

export function drawBytes(graph: Graph, images: number): Int8Array {
  const draw = seededIntegers(1);
  const elements = elementCount(graph.tensors[graph.inputs[0]].shape);
  return Int8Array.from({ length: elements * images }, () => (draw() % 256) - 128);
}

export function ours(graph: Graph, fast: boolean): Contender {
  const executor = createExecutor(graph, { fast });
  const bytes = drawBytes(graph, 1);
  const inputs = [isInt8(graph) ? bytes : Float32Array.from(bytes)];
  const run = (count: number) => {
    let sum = 0;
    for (let at = 0; at < count; at++) sum += Number(executor.run(inputs)[0][0]);
    return sum;
  };
  return { name: `inferscope, ${fast ? 'SIMD' : 'plain loops'}`, run };
}

/** The same network in float32; each inference reads its result back, as a user would. */
export function theirs(graph: Graph, name: string): Contender {
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

export async function liteRt(graph: Graph): Promise<Contender> {
  const model = await openLiteRt(writeTflite(isInt8(graph) ? withFloatEnds(graph) : graph));
  const input = [
    { data: Float32Array.from(drawBytes(graph, 1)), shape: graph.tensors[graph.inputs[0]].shape },
  ];
  const run = async (count: number) => {
    let sum = 0;
    for (let at = 0; at < count; at++) sum += (await model.run(input))[0][0];
    return sum;
  };
  return { name: 'LiteRT.js (XNNPACK, one thread, float ends)', run };
}

export async function useWasm(): Promise<void> {
  setWasmPaths(
    fileURLToPath(new URL('../node_modules/@tensorflow/tfjs-backend-wasm/wasm-out/', import.meta.url)),
  );
  setThreadsCount(1);
  await tf.setBackend('wasm');
  await tf.ready();
}

/** Runs that take a moment, so that few measurements are torn. */
export async function runsOfAMoment({ run }: Contender): Promise<number> {
  await run(2);
  const start = process.hrtime.bigint();
  await run(1);
  return Math.max(2, Math.ceil((MOMENT_MS * 1e6) / Number(process.hrtime.bigint() - start)));
}
