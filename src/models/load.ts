import { FormatError } from '../errors.ts';
import { parseModelJson } from './builder.ts';
import type { Graph } from './graph.ts';
import { describeBytes, sniffKind } from './sniff.ts';
import { readTflite } from './tflite/read.ts';

export { modelFromSpec } from './spec.ts';

/**
 * The graph that a file holds, by its first bytes: a .tflite, or a JSON spec. `name` is what errors call it.
 * Throws a FormatError that says what the file looks like, a SpecError for a JSON spec that asks for the impossible.
 */
export function modelFromBytes(bytes: Uint8Array, name: string): Graph {
  const kind = sniffKind(bytes);
  if (kind === 'tflite') return readTflite(bytes, name);
  if (kind === 'json') return parseModelJson(new TextDecoder().decode(bytes), name);
  throw new FormatError(`${name}: is not a model that inferscope reads: it ${describeBytes(bytes)}`);
}
