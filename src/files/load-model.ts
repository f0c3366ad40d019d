import { FormatError } from '../errors.ts';
import { parseModelJson } from '../models/specs/builder.ts';
import type { Graph } from '../models/graph/graph.ts';
import { kmodelKind } from '../models/formats/kmodel/identify.ts';
import { isKmodel, type Model } from '../models/formats/model.ts';
import { describeBytes, sniffKind } from '../models/formats/sniff.ts';
import { loadKfpkg, loadKmodel } from './kmodel.ts';
import { holdsModel, readTflite } from './tflite.ts';

export { modelFromJson, modelFromSpec } from './spec-graphs.ts';

/**
 * What a file holds, by its first bytes: a .tflite, a kmodel, the first kmodel of a kfpkg, or a JSON spec. `name` is
 * what errors call it. Throws a FormatError that says what the file looks like, a SpecError for a JSON spec that asks
 * for the impossible.
 */
export function modelFromBytes(bytes: Uint8Array, name: string): Model {
  const kind = sniffKind(bytes);
  if (kind === 'tflite') return readTflite(bytes, name);
  if (kind === 'kfpkg') return loadKfpkg(bytes, name);
  if (kind === 'kmodel' || kmodelKind(bytes) === 'encrypted' || /\.smodel$/i.test(name)) {
    return loadKmodel(bytes, name);
  }
  if (kind === 'json') return parseModelJson(new TextDecoder().decode(bytes), name);
  if ((kind === 'other' || kind === 'onnx') && holdsModel(bytes)) return readTflite(bytes, name);
  throw new FormatError(`${name}: is not a model that inferscope reads: it ${describeBytes(bytes)}`);
}

/** The network that a file holds; also throws a FormatError for a kmodel, in which it is no more as it was. */
export function graphFromBytes(bytes: Uint8Array, name: string): Graph {
  const model = modelFromBytes(bytes, name);
  if (!isKmodel(model)) return model;
  throw new FormatError(
    `${name}: is a kmodel, the outcome of a conversion; pass the .tflite that it was converted from`,
  );
}
