import { SpecError } from '../../errors.ts';
import { createExecutor } from '../../kernels/execute/executor.ts';
import { firstInput } from '../../models/graph/ends.ts';
import { elementCount, type Graph } from '../../models/graph/graph.ts';
import { moveRange, rangeOf } from './quantizer.ts';
import { uniteRanges, type ValueRange } from '../../numbers.ts';

/** (v / 255 - mean) / std of each byte of an image: what the model was trained on. */
export interface Normalization {
  readonly mean: number;
  readonly std: number;
}

/** The converter's defaults: [0, 1]. Its option `n1to1` is mean 0.5 and std 0.5. */
export const UNIT_RANGE: Normalization = { mean: 0, std: 1 };

export interface CalibrationOptions {
  readonly normalization: Normalization;
  /** One range for each channel (the last dimension), over all images together, instead of one that moves. */
  readonly channelwise?: ReadonlySet<number>;
  /** Values that a tensor takes on the device beyond those of the graph, by tensor. */
  readonly extra?: ReadonlyMap<number, Float32Array>;
}

/** Ranges by tensor: one, or one a channel. */
export type Ranges = ReadonlyMap<number, readonly ValueRange[]>;

/** The float32 values of an image's bytes. */
export function normalize(image: Uint8Array, { mean, std }: Normalization): Float32Array {
  return Float32Array.from(image, (byte) => (byte / 255 - mean) / std);
}

/**
 * Ranges of the tensors over the images (bytes of the input's shape, H,W,C), the float32 graph run once an image as
 * ncc 0.1 calibrates. Throws a SpecError where there is no image or one has the wrong size.
 */
export function calibrate(
  graph: Graph,
  tensors: ReadonlySet<number>,
  images: readonly Uint8Array[],
  options: CalibrationOptions,
): Ranges {
  if (images.length === 0) throw new SpecError('calibration needs at least one image');
  const pixels = elementCount(firstInput(graph).shape);
  const executor = createExecutor(graph);
  const ranges = new Map<number, readonly ValueRange[]>();
  images.forEach((image, index) => {
    if (image.length !== pixels) {
      throw new SpecError(`calibration image ${index}: ${image.length} bytes, the model takes ${pixels}`);
    }
    executor.run([normalize(image, options.normalization)], (node) => {
      for (const tensor of graph.nodes[node].outputs) {
        if (!tensors.has(tensor)) continue;
        const values = executor.tensor(tensor) as Float32Array;
        ranges.set(tensor, updated(ranges.get(tensor), values, tensor, graph, options));
      }
    });
  });
  return ranges;
}

function updated(
  before: readonly ValueRange[] | undefined,
  values: Float32Array,
  tensor: number,
  graph: Graph,
  { channelwise, extra }: CalibrationOptions,
): readonly ValueRange[] {
  const more = extra?.get(tensor);
  if (!channelwise?.has(tensor)) {
    return [moveRange(before?.[0], rangeOf(more ? [...values, ...more] : values))];
  }
  const channels = graph.tensors[tensor].shape.at(-1)!;
  return Array.from({ length: channels }, (_, c) => {
    const own = values.filter((_value, at) => at % channels === c);
    return uniteRanges(before?.[c], rangeOf(more ? [...own, more[c]] : own));
  });
}
