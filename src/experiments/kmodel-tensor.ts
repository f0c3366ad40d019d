import { writesOf } from '../deploy/ncc/kmodel-ranges.ts';
import { traceKmodel } from '../deploy/ncc/kmodel-network.ts';
import { elementsOf, outputBytes, type NccLayer } from '../deploy/ncc/ncc-network.ts';
import { loadMaps } from '../kernels/kpu/kpu-conv2d/kpu-memory-layout.ts';
import {
  KPU_ADD_PADDING,
  KPU_REMOVE_PADDING,
  KPU_UPLOAD,
  type KmodelLayer,
} from '../models/formats/kmodel/layers.ts';
import type { KmodelModel } from '../models/formats/kmodel/kmodel-model.ts';
import type { Image } from '../pictures/image.ts';
import { kmodelPicture, prepareKmodel, type ReadyKmodel } from './ready-kmodel.ts';
import { mapsOf, type TensorValues } from './tensor-values.ts';

/** Layers that move bytes and keep what they mean. */
const KEEPERS: readonly string[] = [KPU_UPLOAD, KPU_ADD_PADDING, KPU_REMOVE_PADDING];

type Scaling = TensorValues['scaling'];

const scalingOf = (layer: KmodelLayer | undefined): Scaling =>
  layer?.type === 'Quantize' || layer?.type === 'Dequantize'
    ? { scale: layer.scale, zeroPoint: -layer.bias / layer.scale }
    : undefined;

/** A kmodel's layers: as traced, with the input first, and as they lie in the file. */
interface Layers {
  readonly traced: readonly NccLayer[];
  readonly file: readonly KmodelLayer[];
}

/** What makes real values of the bytes at a position, of the layer that made them out of real values. */
function madeWith(at: number, { traced, file }: Layers): Scaling {
  const own = file[at - 1];
  if (own?.type === 'Quantize') return scalingOf(own);
  return own && KEEPERS.includes(own.type) ? madeWith(traced[at]!.inputs[0]!, { traced, file }) : undefined;
}

/** Likewise of a layer that makes real values of them. */
function readWith(at: number, { traced, file }: Layers): Scaling {
  for (const [reader, { inputs, type }] of traced.entries()) {
    if (!inputs.includes(at)) continue;
    if (type === 'Dequantize') return scalingOf(file[reader - 1]);
    if (KEEPERS.includes(type)) return readWith(reader, { traced, file });
  }
  return undefined;
}

function storedBehind(
  layer: KmodelLayer,
  { runner }: ReadyKmodel,
  traced: NccLayer,
): Uint8Array | Float32Array {
  const { main, line } = writesOf(layer);
  const { h: height, w: width, c: channels } = traced.shape;
  const count = elementsOf(traced.shape);
  if (main !== undefined) {
    const bytes = runner.main.slice(main, main + outputBytes(traced));
    return bytes.length === 4 * count ? new Float32Array(bytes.buffer) : bytes;
  }
  const planar = new Uint8Array(count);
  loadMaps(runner.kpu, line!, { height, width, channels }, planar);
  return planar;
}

/**
 * What a layer of a kmodel leaves when it is run on a picture; what the camera gives it where `layer` is -1. Throws a
 * SpecError for version 4 and a model that takes no picture.
 */
export function kmodelTensor(model: KmodelModel, picture: Image, layer: number): TensorValues {
  const ready = prepareKmodel(model);
  const input = kmodelPicture(ready, picture);
  const { layers } = traceKmodel(model);
  const file = model.version === 3 ? model.file.layers : [];
  const both = { traced: layers, file };
  const traced = layers[layer + 1]!;
  const { h, w, c } = traced.shape;
  const facts = (stored: Uint8Array | Float32Array) => {
    const dtype = stored instanceof Uint8Array ? 'uint8' : 'float32';
    const scaling = dtype === 'uint8' ? (madeWith(layer + 1, both) ?? readWith(layer + 1, both)) : undefined;
    return {
      dtype,
      shape: mapsOf([1, h, w, c]),
      order: 'maps',
      stored,
      ...(scaling && { scaling }),
    } as const;
  };
  if (layer < 0) return { name: 'input', ...facts(input) };
  let stored: Uint8Array | Float32Array | undefined;
  ready.runner.onLayer = (done) => {
    if (done === layer) stored = storedBehind(file[layer]!, ready, traced);
  };
  ready.runner.run(input);
  return { name: `layer ${layer} (${traced.type})`, ...facts(stored!) };
}

/**
 * The layer of a kmodel whose result is there at the end of a step of a call; -1 before any. Steps of the runtime, as the
 * copy out of the accelerator's memory, are of the layer before.
 */
export function layerOfStep(ops: readonly string[], step: number, types: readonly string[]): number {
  let layer = -1;
  for (const op of ops.slice(0, step + 1)) if (op === types[layer + 1]) layer += 1;
  return layer;
}
