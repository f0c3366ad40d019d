import { bytesFromBase64 } from '../../base64.ts';
import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex } from '@noble/hashes/utils';
import { FormatError } from '../../errors.ts';
import type { Graph } from '../../models/graph/graph.ts';
import { requireWithin, type RunLimits } from './run-limits.ts';
import { createExecutor, type Executor } from './executor.ts';
import { ARRAY_TYPES, type TensorData } from '../definition/kernel.ts';

/** What a golden file says about one tensor after one node: a digest for integers, statistics for floats. */
export interface GoldenLayer {
  readonly op: number;
  readonly tensor: number;
  readonly bytes: number;
  /** First 16 hex digits of the SHA-256 of the tensor's bytes. */
  readonly sha256_16?: string;
  readonly min?: number;
  readonly max?: number;
  readonly mean?: number;
  readonly l2?: number;
}

/** One run of a reference interpreter: raw little-endian bytes of its inputs and outputs in base64. */
export interface GoldenSample {
  readonly id: string;
  readonly input_b64: readonly string[];
  readonly output_b64: readonly string[];
  readonly layers?: readonly GoldenLayer[];
}

/** Runs of a reference interpreter, of one model. */
export interface Golden {
  readonly model?: string;
  readonly samples: readonly GoldenSample[];
}

export interface LayerCheck {
  readonly node: number;
  readonly tensor: number;
  readonly equal: boolean;
  /** Largest difference of min, max, mean and L2 norm relative to that norm; 0 for digests. */
  readonly relativeError: number;
}

export interface SampleCheck {
  readonly id: string;
  readonly equal: boolean;
  /** Largest difference of an output element, in stored steps for integers, in real numbers for floats. */
  readonly maxAbsError: number;
  readonly layers: readonly LayerCheck[];
}

/** How a network compares with a golden file. */
export interface GoldenCheck {
  /** All samples equal: integers in every byte, per layer too; floats within the tolerance. */
  readonly equal: boolean;
  readonly maxAbsError: number;
  readonly samples: readonly SampleCheck[];
}

/** Largest difference between a float output and the golden one that counts as equal. */
export const FLOAT_TOLERANCE = 1e-5;
/** For statistics of float layers, which golden files give to 7 digits. */
const LAYER_TOLERANCE = 1e-5;

function decodeTensor(graph: Graph, index: number, text: string, what: string): TensorData {
  const tensor = graph.tensors[index];
  const bytes = bytesFromBase64(text);
  const ArrayOf = ARRAY_TYPES[tensor.dtype]!;
  const { BYTES_PER_ELEMENT } = new ArrayOf(bytes.buffer, 0, 0);
  if (bytes.byteLength % BYTES_PER_ELEMENT !== 0) {
    throw new FormatError(
      `golden ${what} of "${tensor.name}" has ${bytes.byteLength} bytes, not whole ${tensor.dtype}s`,
    );
  }
  return new ArrayOf(bytes.buffer, 0, bytes.byteLength / BYTES_PER_ELEMENT);
}

function maxDifference(a: TensorData, b: TensorData): number {
  if (a.length !== b.length) return Infinity;
  let largest = 0;
  for (let at = 0; at < a.length; at++) largest = Math.max(largest, Math.abs(Number(a[at]) - Number(b[at])));
  return largest;
}

function digest(values: TensorData): string {
  return bytesToHex(sha256(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))).slice(0, 16);
}

/** Largest difference of the statistics, relative to the L2 norm (at least 1). */
function statisticsError(values: TensorData, layer: GoldenLayer): number {
  let [min, max, sum, squares] = [Infinity, -Infinity, 0, 0];
  for (const element of values as Float32Array) {
    min = Math.min(min, element);
    max = Math.max(max, element);
    sum += element;
    squares += element * element;
  }
  const scale = Math.max(1, layer.l2 ?? 0);
  const pairs = [
    [min, layer.min],
    [max, layer.max],
    [sum / values.length, layer.mean],
    [Math.sqrt(squares), layer.l2],
  ];
  return Math.max(...pairs.map(([got, golden = got]) => Math.abs(got! - golden!) / scale));
}

function checkLayer(executor: Executor, layer: GoldenLayer): LayerCheck {
  const values = executor.tensor(layer.tensor);
  const isDigest = layer.sha256_16 !== undefined;
  const relativeError = isDigest ? 0 : statisticsError(values, layer);
  const same = isDigest ? digest(values) === layer.sha256_16 : relativeError <= LAYER_TOLERANCE;
  const equal = same && values.byteLength === layer.bytes;
  return { node: layer.op, tensor: layer.tensor, equal, relativeError };
}

function checkSample(executor: Executor, sample: GoldenSample, tolerance: number): SampleCheck {
  const { graph } = executor;
  const layers: LayerCheck[] = [];
  const inputs = sample.input_b64.map((text, at) => decodeTensor(graph, graph.inputs[at], text, 'input'));
  const outputs = executor.run(inputs, (node) => {
    for (const layer of sample.layers ?? []) {
      if (layer.op === node) layers.push(checkLayer(executor, layer));
    }
  });
  const errors = outputs.map((output, at) =>
    maxDifference(output, decodeTensor(graph, graph.outputs[at], sample.output_b64[at] ?? '', 'output')),
  );
  const maxAbsError = Math.max(...errors);
  const complete = layers.length === (sample.layers?.length ?? 0);
  const within = errors.every((error, at) => error <= (outputs[at] instanceof Float32Array ? tolerance : 0));
  return {
    id: sample.id,
    equal: within && complete && layers.every(({ equal }) => equal),
    maxAbsError,
    layers,
  };
}

function requireGolden(golden: unknown): Golden {
  const { samples } = (golden ?? {}) as Partial<Golden>;
  const isSample = (sample: Partial<GoldenSample>) =>
    Array.isArray(sample?.input_b64) && Array.isArray(sample.output_b64);
  if (Array.isArray(samples) && samples.length > 0 && samples.every(isSample)) return golden as Golden;
  throw new FormatError(
    'golden file: needs "samples", each with the base64 lists "input_b64" and "output_b64"',
  );
}

/**
 * Runs every sample of a golden file and compares outputs and layers. `tolerance` is the largest difference of a float
 * output; the layers of integer models must have the golden digests. `limits` are those of all samples together. Throws a FormatError for a file of another
 * format, and the executor's errors.
 */
export function checkGolden(
  graph: Graph,
  golden: unknown,
  tolerance = FLOAT_TOLERANCE,
  limits: RunLimits = {},
): GoldenCheck {
  const { samples } = requireGolden(golden);
  requireWithin(graph, limits, samples.length);
  const executor = createExecutor(graph);
  const checks = samples.map((sample) => checkSample(executor, sample, tolerance));
  return {
    equal: checks.every(({ equal }) => equal),
    maxAbsError: Math.max(...checks.map(({ maxAbsError }) => maxAbsError)),
    samples: checks,
  };
}
