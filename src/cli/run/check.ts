import { bytesFromBase64 } from '../../base64.ts';
import { createHash } from 'node:crypto';
import { FormatError } from '../../errors.ts';
import {
  checkGolden,
  FLOAT_TOLERANCE,
  type Golden,
  type GoldenCheck,
  type GoldenSample,
  type SampleCheck,
} from '../../kernels/execute/check-golden.ts';
import type { RunLimits } from '../../kernels/execute/run-limits.ts';
import type { TensorData } from '../../kernels/definition/kernel.ts';
import type { Graph } from '../../models/graph/graph.ts';
import { formatTable } from '../../report/table.ts';
import { readBytes } from '../inputs.ts';
import { typedArray } from './tensor-inputs.ts';

/** One sample of a golden file, with its layers counted. */
interface SampleSummary {
  readonly id: string;
  readonly equal: boolean;
  readonly maxAbsError: number;
  readonly layers: number;
  readonly layersEqual: number;
}

/** What `run --check` found. `maxAbsError` is in stored steps for integer outputs. */
export interface CheckSummary {
  readonly equal: boolean;
  readonly maxAbsError: number;
  /** Largest difference of a float output that counts as equal; integers must be equal. */
  readonly tolerance: number;
  readonly samples: readonly SampleSummary[];
}

const LARGE_OUTPUT = 10;
const LARGE_TOLERANCE = 1e-4;

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const isObject = (value: unknown) => typeof value === 'object' && value !== null;
const isTexts = (value: unknown, count: number) =>
  Array.isArray(value) && value.length === count && value.every((text) => BASE64.test(String(text)));

function isSample(sample: unknown, inputs: number, outputs: number): boolean {
  if (!isObject(sample)) return false;
  const { input_b64, output_b64, layers = [] } = sample as Partial<GoldenSample>;
  if (!Array.isArray(layers) || !layers.every(isObject)) return false;
  return isTexts(input_b64, inputs) && isTexts(output_b64, outputs);
}

/** The golden file's samples, each with its inputs, outputs and layers in the form that the comparison reads. */
function requireGolden(graph: Graph, golden: unknown, path: string): Golden {
  const { samples } = (isObject(golden) ? golden : {}) as Partial<Golden>;
  if (!Array.isArray(samples) || samples.length === 0) {
    throw new FormatError(`${path}: is no golden file; it needs a list "samples"`);
  }
  const [inputs, outputs] = [graph.inputs.length, graph.outputs.length];
  const odd = samples.findIndex((sample) => !isSample(sample, inputs, outputs));
  if (odd < 0) return golden as Golden;
  throw new FormatError(
    `${path}: sample ${odd} needs "input_b64" and "output_b64", base64 lists of ${inputs} and ${outputs} tensors`,
  );
}

/** Largest float output of the golden file, 0 for integer models. */
function largestOutput(graph: Graph, { samples }: Golden): number {
  const floats = graph.outputs.flatMap((index, position) =>
    graph.tensors[index].dtype === 'float32' ? [position] : [],
  );
  let largest = 0;
  for (const { output_b64 } of samples) {
    for (const position of floats) {
      const { buffer, byteLength } = bytesFromBase64(output_b64[position]);
      for (const value of new Float32Array(buffer, 0, byteLength >> 2)) {
        if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
      }
    }
  }
  return largest;
}

function summarize({ id, equal, maxAbsError, layers }: SampleCheck): SampleSummary {
  const layersEqual = layers.filter((layer) => layer.equal).length;
  return { id, equal, maxAbsError, layers: layers.length, layersEqual };
}

function requireComparable({ samples }: GoldenCheck, path: string): void {
  const odd = samples.find(({ maxAbsError }) => !Number.isFinite(maxAbsError));
  if (!odd) return;
  throw new FormatError(
    `${path}: an output of sample "${odd.id}" has NaN or another count of values than the model's; is it of this model?`,
  );
}

/** How samples are compared, and what running them all may take. */
export interface CheckOptions {
  readonly tolerance?: number | undefined;
  readonly limits?: RunLimits;
}

/**
 * Runs every sample of a golden file. The default tolerance is 1e-5, or 1e-4 where outputs are of order 10 and their
 * rounding errors with them.
 * Throws a FormatError that begins with `path`, and the executor's errors.
 */
export function checkModel(
  graph: Graph,
  file: unknown,
  path: string,
  { tolerance, limits }: CheckOptions = {},
): CheckSummary {
  const golden = requireGolden(graph, file, path);
  const isLarge = largestOutput(graph, golden) >= LARGE_OUTPUT;
  const allowed = tolerance ?? (isLarge ? LARGE_TOLERANCE : FLOAT_TOLERANCE);
  const check = checkGolden(graph, golden, allowed, limits);
  requireComparable(check, path);
  const { equal, maxAbsError, samples } = check;
  return { equal, maxAbsError, tolerance: allowed, samples: samples.map(summarize) };
}

/** Inputs of a golden file's first sample, whose format `checkModel` has already held. */
export function goldenInputs(graph: Graph, golden: unknown): TensorData[] {
  const [{ input_b64: texts }] = (golden as Golden).samples;
  return graph.inputs.map((index, position) =>
    typedArray(bytesFromBase64(texts[position]), graph.tensors[index].dtype, `input ${position}`),
  );
}

/** A sentence where the golden file says that it was made from another file than this model's; else undefined. */
export async function compareOrigin(golden: unknown, modelPath: string): Promise<string | undefined> {
  const { model_sha256: expected } = (golden ?? {}) as { model_sha256?: unknown };
  if (typeof expected !== 'string') return undefined;
  const actual = createHash('sha256')
    .update(await readBytes(modelPath))
    .digest('hex');
  return actual === expected ? undefined : `the golden file was made from another file than ${modelPath}`;
}

const COLUMNS = [
  { title: 'sample', maxWidth: 48 },
  { title: 'equal' },
  { title: 'largest error', align: 'right' },
  { title: 'layers equal', align: 'right' },
] as const;

export function formatCheck({ equal, maxAbsError, tolerance, samples }: CheckSummary): string {
  const rows = samples.map((sample) => [
    sample.id,
    sample.equal ? 'yes' : 'NO',
    sample.maxAbsError.toPrecision(2),
    `${sample.layersEqual} of ${sample.layers}`,
  ]);
  const good = samples.filter((sample) => sample.equal).length;
  const verdict = `${good} of ${samples.length} samples equal, largest error ${maxAbsError.toPrecision(2)}`;
  const note = `integers in every byte, floats within ${tolerance.toPrecision(2)}`;
  return [formatTable(COLUMNS, rows), '', `  ${verdict}: ${equal ? 'equal' : 'NOT EQUAL'} (${note})`].join(
    '\n',
  );
}
