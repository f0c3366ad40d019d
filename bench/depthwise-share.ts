import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { createExecutor } from '../src/kernels/execute/executor.ts';
import { elementCount, type Graph } from '../src/models/graph/graph.ts';

const ROUNDS = 60;
const DOT_ROUNDS = 1000;
/** 64 steps of eight dot products of eight multiply-accumulates. */
const MACS_A_ROUND = 64 * 8 * 8;

/** What the depthwise convolutions of a network reach, and what dot products alone do, in 10^9 multiply-accumulates a second. */
export interface DepthwiseShare {
  readonly depthwise: number;
  readonly dots: number;
}

function fromRoot(path: string): string {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}

function compileDots(): (data: number, count: number) => number {
  const args = [fromRoot('scripts/build-wasm.mjs'), fromRoot('bench/dots.as')];
  const { stdout } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const memory = new WebAssembly.Memory({ initial: 1 });
  const module = new WebAssembly.Module(Buffer.from(stdout, 'base64'));
  return new WebAssembly.Instance(module, { env: { memory } }).exports['dots'] as never;
}

function milliseconds(run: () => unknown): number {
  const start = process.hrtime.bigint();
  run();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

/** Best time of each depthwise convolution, summed, and of the dots in between. */
export function measureDepthwise(graph: Graph): DepthwiseShare {
  const dots = compileDots();
  const executor = createExecutor(graph);
  const input = new Int8Array(elementCount(graph.tensors[graph.inputs[0]].shape));
  const best = graph.nodes.map(() => Infinity);
  let bestDots = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    let last = process.hrtime.bigint();
    executor.run([input], (node) => {
      const now = process.hrtime.bigint();
      best[node] = Math.min(best[node], Number(now - last) / 1e6);
      last = process.hrtime.bigint();
    });
    bestDots = Math.min(
      bestDots,
      milliseconds(() => dots(0, DOT_ROUNDS)),
    );
  }
  let [macs, spent] = [0, 0];
  graph.nodes.forEach(({ op, inputs, outputs }, node) => {
    if (op !== 'DEPTHWISE_CONV_2D') return;
    const [, kernelH, kernelW] = graph.tensors[inputs[1]].shape;
    macs += elementCount(graph.tensors[outputs[0]].shape) * kernelH * kernelW;
    spent += best[node];
  });
  return { depthwise: macs / spent / 1e6, dots: (DOT_ROUNDS * MACS_A_ROUND) / bestDots / 1e6 };
}
