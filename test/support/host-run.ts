/** What the test of equal hosts runs in each of them: nothing here knows Node or the browser. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { BOARDS } from '../../src/boards/index.ts';
import { createExecutor } from '../../src/kernels/execute/executor.ts';
import { elementCount, type Tensor } from '../../src/models/graph/graph.ts';
import { modelFromSpec } from '../../src/files/load-model.ts';
import { readTflite } from '../../src/files/tflite.ts';
import { predict } from '../../src/simulate/predict.ts';

/** A model as it travels to a worker or a page. */
export interface HostCase {
  readonly name: string;
  readonly base64: string;
}

export interface HostResult {
  /** SHA-256 over the bytes of all outputs of three runs. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Trace hashes by "model on board". */
  readonly traces: Readonly<Record<string, string>>;
}

const RUNS = 3;
const SPECS = ['paper:5', 'paper:8,k=5,size=28'];

/** Numbers of a linear congruential generator (Numerical Recipes), the same everywhere: 0..255. */
function fill(tensor: Tensor, seed: number): number[] {
  let state = seed;
  return Array.from({ length: elementCount(tensor.shape) }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const byte = state >>> 24;
    return tensor.dtype === 'float32' ? byte / 256 : byte - (tensor.dtype === 'int8' ? 128 : 0);
  });
}

function hashOutputs({ name, base64 }: HostCase): string {
  const graph = readTflite(
    Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0)),
    name,
  );
  const executor = createExecutor(graph);
  const hash = sha256.create();
  for (let run = 0; run < RUNS; run++) {
    const inputs = graph.inputs.map((index) => fill(graph.tensors[index], run + 1));
    for (const { buffer, byteOffset, byteLength } of executor.run(inputs)) {
      hash.update(new Uint8Array(buffer, byteOffset, byteLength).slice());
    }
  }
  return bytesToHex(hash.digest());
}

function traceHashes(): Record<string, string> {
  return Object.fromEntries(
    SPECS.flatMap((spec) =>
      BOARDS.map((board) => [`${spec} on ${board.id}`, predict(modelFromSpec(spec)!, board).traceHash]),
    ),
  );
}

/** Hashes of what the models compute and of what the simulator traces. */
export function runOnHost(cases: readonly HostCase[]): HostResult {
  return {
    outputs: Object.fromEntries(cases.map((one) => [one.name, hashOutputs(one)])),
    traces: traceHashes(),
  };
}
